"""What a conf.py of Sphinx would hold."""

from pathlib import Path

HERE = Path(__file__).parent
MATHJAX_FILES = [  # what draws TeX, without its menu and without packages that no lesson uses
    "startup.js", "core.js", "input/tex-base.js", "input/tex/extensions/ams.js",
    "output/chtml.js", "output/chtml/fonts/tex.js", "output/chtml/fonts/woff-v2/*.woff",
    "a11y/assistive-mml.js",
]  # fmt: skip
MATHJAX = {
    "loader": {
        "load": ["core", "input/tex-base", "[tex]/ams", "output/chtml", "a11y/assistive-mml"]
    },
    "tex": {"packages": ["base", "ams"]},
    "options": {"enableAssistiveMml": True},
}
PAGE = {
    "project": "Neural networks, from one neuron to your own handwriting",
    "author": "",
    "copyright": "",
    "html_title": "Neural networks",
    "html_theme": "sphinx_book_theme",
    "html_theme_options": {
        "show_toc_level": 2,
        "use_download_button": False,
        "show_navbar_depth": 1,
        "navbar_persistent": [],
    },
    "html_context": {"default_mode": "auto"},
    "html_css_files": ["frozen.css", "questions.css", "page.css"],
    "html_js_files": [
        "typed.js", "questions.js", "page.js", ("frozen.js", {"defer": "defer"}),
    ],
    "html_use_index": False,
    "html_show_search_summary": False,  # it would ask for pages, which a disk does not give
    "html_copy_source": False,
    "html_show_sphinx": False,
}  # fmt: skip
NOTEBOOK = {
    "extensions": ["myst_nb"],
    "exclude_patterns": ["extra", "labs"],
    "nb_execution_mode": "off",
    "nb_code_prompt_show": "Show the code that draws this",
    "nb_code_prompt_hide": "Hide the code",
    "myst_enable_extensions": ["deflist", "dollarmath"],
    "suppress_warnings": ["mystnb.unknown_mime_type"],
}


def of(extra, static):
    """The settings as a dictionary.

    extra: the folder whose files stand beside the pages.  static: files and folders for `_static/`,
    besides those of this package.
    """
    own = [*(HERE / "static").iterdir(), *static]
    return (
        PAGE
        | NOTEBOOK
        | {
            "templates_path": [str(HERE / "templates")],
            "html_static_path": [str(path) for path in own],
            "html_extra_path": [str(extra)],
            "mathjax_path": "mathjax/startup.js",
            "mathjax3_config": MATHJAX,
        }
    )
