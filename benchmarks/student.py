"""One student as a server sees them: what a page of JupyterLab asks for, without a browser.

The requests are those that Chromium made when a student opened lesson 01 on a hub (JupyterLab 4.6):
about 85 files of 7 MB together, the settings, the lesson, a kernel; and six of them again every ten
seconds, as long as the page is open.
"""

import json
import time
import uuid
from pathlib import Path
from urllib.parse import urlencode

import requests
import websocket
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)

PROTOCOL = "v1.kernel.websocket.jupyter.org"
AT_START = (
    *("api/me", "lab/api/workspaces", "api/sessions", "api/kernelspecs", "lab/api/settings"),
    *("api/kernels", "api/terminals", "lab/api/translations", "api/contents?content=1"),
    *("lab/api/themes/@jupyterlab/theme-light-extension/index.css", "api/nbconvert"),
)
POLLED = ("lab/api/workspaces", "api/terminals", "api/kernels", "api/sessions")
FILES = 85
PATIENCE = 120  # seconds for one answer


def log_in(hub, name):
    """A session of a student who has logged in, and whose server runs.

    hub: its address.  Raises RuntimeError with what the hub says if no server starts.
    """
    session = requests.Session()
    session.get(f"{hub}hub/login", timeout=PATIENCE).raise_for_status()
    form = {"username": name, "password": "", "_xsrf": session.cookies["_xsrf"]}
    session.post(f"{hub}hub/login", data=form, timeout=PATIENCE).raise_for_status()
    session.get(f"{hub}hub/spawn/{name}", timeout=PATIENCE).raise_for_status()
    _follow(session, f"{hub}hub/api/users/{name}/server/progress")
    return session


def _follow(session, address):
    """Listen to how far the start of a server is, until it is ready."""
    token = {"_xsrf": session.cookies.get("_xsrf", path="/hub/")}
    with session.get(address, params=token, stream=True, timeout=PATIENCE) as answer:
        for line in answer.iter_lines():
            event = json.loads(line.removeprefix(b"data: ")) if line.startswith(b"data") else {}
            if event.get("failed"):
                raise RuntimeError(event["message"])
            if event.get("ready"):
                return


def page_files(static):
    """Names of as many files of JupyterLab as a page loads: the largest, and an even choice."""
    found = sorted(Path(static).glob("*.js"), key=lambda path: -path.stat().st_size)
    step = max(1, len(found) // FILES)
    return [path.name for path in found[::step]][:FILES]


class Student:
    """A student with a lesson open.

    server: address of their server, ending in "/".  session: a requests.Session that may go there.
    files: names of files of JupyterLab that the page loads.
    """

    def __init__(self, server, session, files=()):
        """A student who has not opened anything yet."""
        self.server, self.session, self.files = server, session, files
        self.models, self.changed = {}, {}  # state of every widget; when it last changed

    def open(self, path):
        """Open the page of a notebook; the sources of its code cells.

        path: from the folder that the server shows, with "/".
        """
        self.get(f"lab/tree/{path}")
        for name in self.files:
            self.get(f"static/lab/{name}")
        for name in AT_START:
            self.get(name)
        self.path = path
        cells = self.get(f"api/contents/{path}?type=notebook&content=1").json()["content"]["cells"]
        return [cell["source"] for cell in cells if cell["cell_type"] == "code"]

    def start_kernel(self):
        """Start the notebook's kernel, and wait until it answers."""
        words = {"path": self.path, "name": self.path, "type": "notebook"}
        session = self.send("POST", "api/sessions", words | {"kernel": {"name": "python3"}}).json()
        self.kernel = session["kernel"]["id"]
        self.connect()

    def connect(self):
        """Listen and speak to the kernel that was started; a page does so again by itself.

        It must be called again after a wait in which nobody read: the server ends a connection
        that does not answer its pings.
        """
        self.client = uuid.uuid4().hex
        query = urlencode({"session_id": self.client})
        address = f"{self.server}api/kernels/{self.kernel}/channels?{query}"
        self.socket = websocket.create_connection(
            address.replace("http", "ws", 1),
            subprotocols=[PROTOCOL],
            header=self.headers(address),
            timeout=PATIENCE,
        )
        self.ask("kernel_info_request", {})

    def run(self, source):
        """Run a cell; what it answered: the messages of the kernel, the reply last."""
        words = {"code": source, "silent": False, "store_history": True, "allow_stdin": False}
        return self.ask("execute_request", words | {"user_expressions": {}, "stop_on_error": True})

    def move(self, control, value):
        """Move a slider, and wait until the kernel has done what comes of it.

        control: its number among `models`.
        """
        data = {"method": "update", "state": {"value": value}, "buffer_paths": []}
        self.models[control]["value"] = value
        return self.ask("comm_msg", {"comm_id": control, "data": data}, replies=False)

    def poll(self):
        """What an open page asks for every ten seconds."""
        for name in POLLED:
            self.get(name)
        folder = self.path.rpartition("/")[0]
        self.get(f"api/contents/{folder}?content=1&hash=0")
        layout = {"data": {}, "metadata": {"id": "default"}}
        self.send("PUT", "lab/api/workspaces/default", layout)

    def close(self):
        """Leave the page; the server and the kernel stay."""
        self.socket.close()

    def get(self, name):
        """What the server answers to a request for a name below its address."""
        answer = self.session.get(f"{self.server}{name}", timeout=PATIENCE)
        answer.raise_for_status()
        return answer

    def send(self, method, name, words):
        """Send `words` as JSON; the answer."""
        path = "/" + self.server.split("/", 3)[3]
        token = self.session.cookies.get("_xsrf", path=path) or ""
        answer = self.session.request(
            *[method, f"{self.server}{name}"],
            json=words,
            headers={"X-XSRFToken": token},
            timeout=PATIENCE,
        )
        answer.raise_for_status()
        return answer

    def headers(self, address):
        """The headers that the session would send there, as lines."""
        request = requests.Request("GET", address, headers=self.session.headers)
        prepared = self.session.prepare_request(request)
        names = ("Cookie", "Authorization")
        return [f"{name}: {prepared.headers[name]}" for name in names if name in prepared.headers]

    def ask(self, kind, content, replies=True):
        """Send one message to the kernel; all that it says about it, until it is idle again.

        replies: whether a reply comes on the shell channel too; it is then the last.
        """
        number = uuid.uuid4().hex
        header = {"msg_id": number, "msg_type": kind, "session": self.client, "version": "5.3"}
        header |= {"username": "", "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        self.socket.send_binary(serialize_msg_to_ws_v1(message, "shell", pack=_packed))
        return list(self._answers(number, {"idle", "reply"} if replies else {"idle"}))

    def _answers(self, number, wanted):
        """The messages that answer the message with this number, but for those on its state."""
        reply = None
        while wanted:
            channel, message = self._received()
            if message["parent_header"].get("msg_id") != number:
                continue
            if message["header"]["msg_type"] == "status":
                wanted -= {message["content"]["execution_state"]}
            elif channel == "shell":
                reply = message
                wanted -= {"reply"}
            else:
                yield message
        if reply:
            yield reply

    def _received(self):
        """(channel, message): the next one from the kernel; what it says of widgets is kept."""
        channel, parts = deserialize_msg_from_ws_v1(self.socket.recv())
        names = ("header", "parent_header", "metadata", "content")
        message = dict(zip(names, map(json.loads, parts[:4])))
        if message["header"]["msg_type"] in ("comm_open", "comm_msg"):
            self._keep(message["content"], parts[4:])
        return channel, message

    def _keep(self, content, buffers):
        """Note the new state of a widget, pictures among it, as the page does."""
        data = content["data"]
        if data.get("method", "update") != "update" or "state" not in data:
            return
        state = data["state"]
        for path, buffer in zip(data.get("buffer_paths", ()), buffers):
            if len(path) == 1:  # deeper ones are in no lab of lesson 01
                state[path[0]] = bytes(buffer)
        self.models.setdefault(content["comm_id"], {}).update(state)
        self.changed[content["comm_id"]] = time.monotonic()


def _packed(part):
    return json.dumps(part).encode()
