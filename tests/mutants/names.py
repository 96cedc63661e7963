"""Names in Python that mean the same, the contrary, or nothing that could be wrong."""

import ast

# What a picture looks like, or how quickly it comes, is no matter of right and wrong.
LOOKS = {
    *("figsize", "dpi", "size", "pad", "lw", "linewidth", "zorder", "fontsize", "markersize", "ms"),
    *("alpha", "loc", "bbox_to_anchor", "layout", "rotation", "ha", "va", "xytext", "ncols"),
    *("stacklevel", "timeout", "maxsize", "copy", "out", "order", "blit", "continuous_update"),
    *("flush", "width", "height", "padding", "margin", "clip_on", "capsize", "solid_capstyle"),
    *("help", "metavar", "description", "formatter_class", "handlelength", "labelpad", "length"),
    *(
        "xlim",
        "ylim",
        "encoding",
        "mininterval",
        "desc",
        "height_ratios",
        "width_ratios",
        "tooltip",
    ),
}
LABELS = {"label", "title", "xlabel", "ylabel", "description", "text", "name"}
WRITERS = {"set_title", "set_xlabel", "set_ylabel", "set_text", "set_label", "suptitle", "legend"}
SYMMETRIC = {
    *("isclose", "allclose", "maximum", "minimum", "max", "min", "hypot", "array_equal", "gcd"),
    *("isinstance", "union", "intersection", "getattr", "hasattr", "issubclass", "multiply", "add"),
}
WORDS_ONLY = (ast.Raise, ast.Import, ast.ImportFrom, ast.Assert)
NO_MATTER = {"warn", "add_argument", "reserve", "set_xlim", "set_ylim"}
SIGNS = {ast.Add: ("+", "-"), ast.Sub: ("-", "+")}
FACTORS = {ast.Mult: ("*", "/"), ast.Div: ("/", "*")}
LIMITS = {ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">")}
TURNED = {
    **{ast.Lt: ("<", ">"), ast.Gt: (">", "<"), ast.LtE: ("<=", ">="), ast.GtE: (">=", "<=")},
    **{ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="), ast.In: ("in", "not in")},
    **{ast.Is: ("is", "is not"), ast.IsNot: ("is not", "is"), ast.NotIn: ("not in", "in")},
}
OTHERS = {
    **{"min": "max", "max": "min", "argmin": "argmax", "argmax": "argmin", "sum": "mean"},
    **{"mean": "sum", "median": "mean", "floor": "ceil", "ceil": "floor", "zeros": "ones"},
    **{"all": "any", "any": "all", "sin": "cos", "cos": "sin", "vstack": "hstack"},
    **{"maximum": "minimum", "minimum": "maximum", "hstack": "vstack", "ones": "zeros"},
    **{"log": "log2", "sqrt": "square", "exp": "expm1", "tanh": "sin"},
    **{"validation": "test", "test": "validation", "train": "validation"},
    **{"axvline": "axhline", "axhline": "axvline", "set_xlabel": "set_ylabel"},
    **{"set_ylabel": "set_xlabel", "semilogy": "plot", "loglog": "plot", "weights": "biases"},
}
CHOICES = {
    **{"validation": "test", "test": "validation", "full": "mini", "mini": "full"},
    **{"gaussian": "scaled", "scaled": "gaussian", "log": "linear", "linear": "log"},
    **{"gray_r": "gray", "gray": "gray_r", "x": "y", "y": "x", "-": "--", "--": "-"},
}
