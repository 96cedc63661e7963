"""What the prose of lesson 11 tells, once more."""

import numpy as np

from course.ask import schedule
from course.lesson11 import depth_lab, face, habits_lab, neurons_lab
from course.measured import convolution, depth, habits, ledger
from nnlib.mnist._originals import counts
from nnlib.network import Network
from nnlib.neurons import sigmoid, sigmoid_prime
from tests.told.lessons.formulas11 import (
    CODE,
    FORMULAS,
    INK,
    SOURCES,
    TABLES,
    B,
    W,
    gaussian_slopes,
    length,
    steps_until,
)  # fmt: skip
from tests.told.truths import Near, Output, Setting, Treats, parameters

__all__ = ["CODE", "FORMULAS", "NUMBERS", "SOURCES", "TABLES"]

SIZES = [784, 30, 10]
OUTPUTS = SIZES[-1]
MNIST, TEST = counts()
PATCHES, PARTS, FACES = face.LAYERS
WEIGHTS = np.array([question.weights for question in PATCHES])  # (15, 2304)
HIDDEN = depth.HIDDEN_SIZE

DEPTH = depth.read()
FULL = depth.summary(DEPTH[DEPTH["data"] == "full"])
THREE_SCALED = DEPTH[(DEPTH.layers == 3) & (DEPTH.init == "scaled") & (DEPTH.neurons == "sigmoid")]
SMALL_THREE = THREE_SCALED[THREE_SCALED["data"] == "mini"]  # as many images as in the lab
THREE_SCALED = THREE_SCALED[THREE_SCALED["data"] == "full"]
SLOWER = sum(depth.ratios(DEPTH[DEPTH.neurons == "sigmoid"], 0) > 1)

RUNS = ledger.read()
ROWS = ledger.habit_summary(RUNS)
LARGE, CONVOLUTION = ROWS[-2], ROWS[-1]
MEDIANS = {row.habits: row.median for row in ROWS[:-2]}
FOUR = [MEDIANS[f"all but {name}"] for name in ledger.FOUR]
GAIN = MEDIANS["all five"] - MEDIANS["none"]
(HUNDRED,) = (
    ledger.runs(RUNS, entry)
    for entry in ledger.ENTRIES
    if entry.setting["sizes"] == [784, 100, 10] and entry.setting.get("init") == "scaled"
)
TRIALS = ledger.read(ledger.TRIALS_PATH)
TRIALS = TRIALS[TRIALS.mini_batch_size == ledger.LARGE["mini_batch_size"]]
SAME, FALLING = (  # accuracy of the large networks with 100, 300 and 500 hidden neurons
    [TRIALS.final[TRIALS.sizes == f"784-{size}-10"][place] for size in ledger.TRIED_SIZES]
    for place in range(2)
)
FALLS = np.subtract(FALLING, SAME)

PLACES = convolution.PLACES**2
PIXELS = convolution.SIDE**2
MAPS = ledger.CONVOLUTION.setting["sizes"][1]
WINDOWS = MAPS // PLACES
SHAPES = convolution.ConvolutionNetwork.parameter_shapes(ledger.CONVOLUTION.setting["sizes"])
IN_WINDOWS = WINDOWS * (PIXELS + 1)
CONV_EPOCHS = ledger.CONVOLUTION.setting["epochs"]
LARGE_EPOCHS = 30
SURE = sigmoid(W + B)
DIGITS = np.finfo(np.float64).nmant * np.log10(2)
# of the papers that the page names, and of the book's first chapter
BOOK_YEAR, RESNET_LAYERS, ALEXNET_LAYERS, ALEXNET_MILLIONS = 2013, 152, 8, 60
GPT_BILLIONS, GPT_LAYERS = 175, 96


def of_depth(column, layers, neurons="sigmoid", start="scaled"):
    """A median of ten seeds on the full set."""
    (row,) = (r for r in FULL if (r.layers, r.neurons, r.start) == (layers, neurons, start))
    return row[column]


ACTIVATIONS = sigmoid(Network(SIZES, init="scaled", rng=0).weights[0] @ INK)

NUMBERS = [
    ("# 11 Toward deep learning *What", 11),
    ("network: more layers, five habits of", len(ledger.FOUR) + 1),
    ("[lesson 06](06_backpropagation.ipynb)", Treats("06", "The errors travel backward")),
    ("[lesson 07](07_training_mnist.ipynb)", Treats("07", "We train for 30 epochs")),
    ("09](09_debugging_a_network.ipynb)", Treats("09", "## The cure: a scaled start")),
    ("50 minutes to read and try, about 50", 50, 50),
    ("90 minutes in class **Back from earlier lessons.** Up to three", 90, schedule.MOST),
    (
        "half of this patch ink?* Below this is done for a face of 48 × 48",
        0.5,
        face.SIDE,
        face.SIDE,
    ),
    ("pixels, each 0 (paper) or 1 (ink).", *np.unique(face.draw())),
    ("is a perceptron of lesson 01. -", Treats("01", "A **perceptron** takes several")),
    ("- 15 questions about patches.", len(PATCHES)),
    ("weight 1 if ink speaks for yes, −1", WEIGHTS.max(), WEIGHTS.min()),
    ("other pixels have the weight 0. -", 0),
    ("- 5 questions about parts. Each", len(PARTS)),
    (
        "three of the 15, and says yes if at least two",
        PARTS[0].weights.sum(),
        len(PATCHES),
        np.ceil(-PARTS[0].bias),
    ),
    ("do. - 1 question, the face. It", len(FACES)),
    ("five, and says yes if at least three", FACES[0].weights.sum(), np.ceil(-FACES[0].bias)),
    ("The 15 and the 5 are two hidden", len(PATCHES), len(PARTS), len(face.LAYERS) - 1),
    ("A network with two or more hidden", 2),
    ("up: **Predict.** Four changes are", 4),
    ("face*? Try the four, and others.", 4),
    ("missing, even two, since there", len(PARTS) + np.floor(FACES[0].bias)),
    (
        "34,560 weights of the first layer 318 are not 0,",
        WEIGHTS.size,
        np.count_nonzero(WEIGHTS),
        0,
    ),
    ("start of lesson 09, because after", Treats("09", "## The cure: a scaled start")),
    ("with (lesson 07). **Predict.**", Treats("07", "still largely that beginning")),
    ("*is this a 3?* would be active", 3),
    (
        "30 are active (mean activation above 0.5)",
        HIDDEN,
        Setting("11", r"by_digit\(a, labels\) > (0\.\d)\)"),
    ),
    ("weights, blue above 0, red below.", 0),
    (
        "six test images that excite it most, and the six",
        *[neurons_lab.ROWS * neurons_lab.COLUMNS] * 2,
    ),
    ("says to the ten outputs. - *switched", OUTPUTS),
    ("its activation to 0 for every image.", 0),
    ("does not. Now all 30 of them. `a`", HIDDEN),
    ("four digits or more, and only all 30", Setting("11", r"np\.mean\(active >= (\d)\)"), HIDDEN),
    ("with sigmoid neurons, 30 in each", HIDDEN),
    ("mean cost of 1,000 images. From", depth.LOOK),
    ("images. From lesson 06 you know", Treats("06", "The errors travel backward")),
    (
        "[784, 30, 30, 30, 10]: how many times as fast? ### Why five",
        *depth.make_network(3, "sigmoid", "scaled", 0).sizes,
        5,
    ),
    (r"in two steps (lesson 06): $$\delta_\text{before}", 2, Treats("06", "backpropagation")),
    (
        "ten seeds the medians are 4.8, 27 and 124, nearly 5, 5² and 5³.",
        FULL.runs[0],
        *(of_depth("ratio_0", layers) for layers in (1, 2, 3)),
        *(Near(of_depth("ratio_0", layers) ** (1 / layers), 0.3) for layers in (1, 2, 3)),
    ),
    (
        "3,000 steps, each with a mini-batch of 10 out of 4,000",
        depth_lab.LAST,
        depth.MINI_BATCH,
        depth_lab.TRAIN,
    ),
    ("each line is ten times the one", 10),
    ("*three* hidden layers this network reaches 70 to 90", 3, 70, 90),  # measured in the lab
    ("on the small set up to 93 %.", round(SMALL_THREE.accuracy_3000.max())),
    ("*five*, and all else the same, what will it read after 3,000", 5, depth_lab.LAST),
    ("mini-batches? 1.", 1),
    ("Three hidden layers, as it stands.", Output("11", r"first of (3) hidden layers, after")),
    ("the curves meet? 2. Set *hidden", 2),
    ("layers* to 1, then to 5. During", 1, depth_lab.DEEPEST),
    ("300 mini-batches the network with three", Setting("11", r"on_epoch=None\)  # (\d+) mini"), 3),
    ("ten numbers for every image, each about 0.1.", OUTPUTS, 1 / OUTPUTS),
    ("image in ten is a 7. The layers", OUTPUTS, 7),
    ("whose slope is 1 The **rectified", 1),
    ("1 where it is on ($z > 0$), otherwise 0.", 1, 0),
    ("the start about half of them are", 0.5),
    ("on. **Predict.** Five hidden layers", 5),
    ("factor was about 3,000. How many", round(of_depth("ratio_0", 5), -3)),
    ("of the lab: five hidden layers", Setting("11", r"DepthLab\(data, layers=(\d),")),
    ("Set it to 3 once: in every", depth_lab.ETAS[3]),
    ("sigmoids and 0.3 for ReLU.", depth.KINDS[-1][-1]),
    ("asks why. ### Ten seeds of each", FULL.runs[0]),
    ("has 240 runs with 10,000 training", len(DEPTH), depth.TRAIN),
    ("the medians of ten seeds on the", FULL.runs[0]),
    ("after 0, 1,000 and 3,000 mini-batches.", *depth.MOMENTS),
    ("*half* counts the mini-batches until more than half", 0.5, 0.5),
    (
        "100 mini-batches with one hidden layer, 950 with three; with five",
        *(of_depth("half", 1), of_depth("half", 3)),
        *(3, 5),
    ),
    ("3,000 mini-batches it is 1.2 with three", 3000, of_depth("ratio_3000", 3), 3),
    ("Five layers read half of the digits after 350", 5, 0.5, of_depth("half", 5, "ReLU")),
    (
        "90.8 % (sigmoid) and 89.8 % (ReLU), against 87.2 % with five",
        *(of_depth("median", 1), of_depth("median", 1, "ReLU"), of_depth("median", 5, "ReLU")),
        5,
    ),
    ("Five habits Your network is one of the 1980s.", len(ledger.FOUR) + 1, 1980),
    ('start (lesson 09) | `init="scaled"`', Treats("09", "## The cure: a scaled start")),
    ("Each of the last four is a class", len(ledger.FOUR)),
    ("neurons In lesson 09 an output", Treats("09", "most wrong is pushed least")),
    ("is nearly 0. The **cross-entropy**", 0),
    ("$a$ goes to 0. An exercise computes", 0),
    ("0.98 where the target is 0 now has the error 0.98;", SURE, 0, SURE),
    (r"$0.98\,\sigma'(z)$, about 0.02. ###", SURE * sigmoid_prime(W + B)),
    ("or off Here two methods are replaced,", len({"activation", "activation_derivative"})),
    ("sigmoid, where it is a(1 − a). The", 1),
    ("of the slope 1: nothing keeps the", 1),
    ("answer between 0 and 1 is wanted", 0, 1),
    ("v, which keeps nine tenths of what", 10 * habits.MomentumNetwork.momentum),
    ("`course/measured/habits.py` has these four classes. Since", len(ledger.FOUR)),
    (
        "five on switches **Predict.** A network with 100",
        5,
        Output("11", r"\[784, (\d+), 10\], eta 3,"),
    ),
    ("loses digits (lesson 09). It keeps", Treats("09", "**More hidden neurons make it worse.**")),
    ("keeps eta 3, and one of the five is", habits_lab.PLAIN_ETA, len(habits_lab.SWITCHES)),
    ("network in about two seconds. The", 2),
    ("any of the five. First switch on", len(habits_lab.SWITCHES)),
    ("alone, at eta 3. Then switch on", habits_lab.PLAIN_ETA),
    ("five, and look for the eta with which they read more than 92", 5, 92),  # measured in the lab
    ("the validation images (94 % on", 94),
    ("network at eta 3: the one because", habits_lab.PLAIN_ETA),
    ("the steps become ten times as long.", 1 / (1 - habits.MomentumNetwork.momentum)),
    ("five seeds of each: no habit, each alone, all five,", ROWS.runs.min(), 5),
    (
        "[784, 30, 10], which reads 95 % in lesson 07.",
        *SIZES,
        MEDIANS["none"],
        Treats("07", "reads about 95 %"),
    ),
    ("the best of eight on validation", len(ledger.TRIED_ETAS)),
    ("with all five, 20 seeds, whose", 5, LARGE.runs),
    ("10,000 test images does the large one still misread? With 30", TEST, HIDDEN),
    (
        "five together bring 1.3 points, from 95.0 to 96.3",
        *(5, GAIN, MEDIANS["none"], MEDIANS["all five"]),
    ),
    ("out. Without it 94.3 % remain,", MEDIANS["all but scaled start"]),
    ("four** are hardly missed one at a time: 96.2 to 96.6", len(FOUR), min(FOUR), max(FOUR)),
    (
        "100 hidden neurons lose digits in most runs (lesson 07).",
        100,
        Treats("07", "start is worth"),
    ),
    (
        "97.8 %; 500 of them, with all five and a learning rate that falls, read 98.8 to 99.0 %, "
        "and in 20",
        np.median(HUNDRED.final),
        int(LARGE.network.split(", ")[1]),
        5,
        LARGE["min"],
        Near(LARGE["max"], 0.05 + 1e-9),
        LARGE.runs,
    ),
    ("runs of 20 no digit is lost. That", LARGE.runs - LARGE.losers),
    ("A *window* of 5 × 5 weights and", *[convolution.SIDE] * 2),
    ("second pixel, on 12 × 12 places in", *[convolution.PLACES] * 2),
    (r"$\max(0, z)$. The 144 answers of", PLACES),
    ("16 windows make 16 maps, 2,304", WINDOWS, WINDOWS, MAPS),
    ("see, 25 pixels at each of 144 places", PIXELS, PLACES),
    ("the maps (16, 144 m). `ConvolutionNetwork`", WINDOWS, PLACES),
    ("of 100 neurons and the ten outputs.", *ledger.CONVOLUTION.setting["sizes"][2:]),
    ("one place for two pixels. The layers", convolution.STEP),
    (
        "50,000 images for ten epochs, half",
        MNIST - 10_000,  # mnist.load() keeps 10,000 for validation
        CONV_EPOCHS,
        Near(CONVOLUTION.seconds / 60, 0.1),
    ),
    (
        "16 windows reads this much of the test images (five seeds): About 85",
        *(WINDOWS, CONVOLUTION.runs),
        100 * (100 - CONVOLUTION.median),
    ),
    (
        "10,000 are misread; the large network before misread about 112.",
        TEST,
        100 * (100 - LARGE.median),
    ),
    (
        "231,926 numbers to learn in place of 397,510 (of them 416",
        sum(np.prod(shape) for kind in SHAPES.values() for shape in kind),
        parameters([784, 500, 10]),
        IN_WINDOWS,
    ),
    ("windows), in a third of the epochs.", CONV_EPOCHS / LARGE_EPOCHS),
    ("16 digits (`float64`), so that a difference between the two", Near(DIGITS, 0.5), 2),
    ("the 15th digit or so: the two add", DIGITS // 1, 2),
    ("factor do the two differ? So we", 2),
    ("hand in lesson 06. You write the", Treats("06", "backpropagation")),
    ("pass only. A dozen lines, the same", 12),
    ("1 of the book says that people routinely train networks with 5 to 10", 1, 5, 10),
    ("That was in 2013. On our digits", BOOK_YEAR),
    ("nothing, and from the scaled start five layers", 5),
    ("Two years later a network had 152", 2015 - BOOK_YEAR, RESNET_LAYERS),
    (
        "million labeled images, graphics cards: 8 layers, 60 million",
        *(1_000_000, ALEXNET_LAYERS, ALEXNET_MILLIONS, 1_000_000),
    ),
    ("Sutskever and Hinton, 2012 | |", 2012),
    ("Hinton, 2010; He and others, 2015", 2010, 2015),
    ("0 and standard deviation 1 during training | Ioffe and Szegedy, 2015", 0, 1, 2015),
    ("2016 (over a layer) | | errors that do not get through a hundred", 2016, 100),
    ("and others, 2015 (152 layers) |", 2015, RESNET_LAYERS),
    ("| Kingma and Ba, 2014 | | words", 2014),
    ("Vaswani and others, 2017 | That", 2017),
    ("(Santurkar and others, 2018). ## Deeper", 2018),
    ("the exercises need none of them.", 0),
    ("One of the 30 hidden neurons of", HIDDEN),
    ("Take a **mix**: 30 random numbers,", HIDDEN),
    (
        "eight rows below are the six favorites of four neurons and of four",
        Setting("11", r"default_rng\(11\)\.permutation\((\d)\)"),
        Setting("11", r"hidden\.favorites\(some, (\d)\)"),
        Setting("11", r"np\.concatenate\(\[z\[:(\d)\],"),
        Setting("11", r"hidden\.mixes\(30\)\[:(\d)\] @ a"),
    ),
    (
        "Which four are the mixes? Of twenty",
        Setting("11", r"hidden\.mixes\(30\)\[:(\d)\] @ a"),
        Output("11", r"of (\d+) favorites show the same"),
    ),
    ("digit makes up 22 %. Neurons are", Setting("11", r"\.mean\(\) - (0\.22)\)", scale=100)),
    ("was found in 2013, by C. Szegedy", 2013),
    ("The weights are 30 numbers, one", HIDDEN),
    ("speed of weights Ten seeds of each", FULL.runs[0]),
    ("one in all 160 runs of sigmoid", SLOWER),
    (
        "vanishes: 13 in place of 124 with three",
        *(of_depth("ratio_0", 3, start="gaussian"), of_depth("ratio_0", 3), 3),
    ),
    ("slopes are smaller, 0.1 and below,", max(gaussian_slopes())),
    ("have the spread 1, so $w^T$ makes", Near(Network(SIZES, rng=0).weights[0].std(), 0.02)),
    ("five layers it gets going (600", 5, of_depth("half", 5, start="gaussian")),
    ("three layers it ends lower, for the reasons of lesson 09.", 3, Treats("09", "saturated")),
    ("gradient norm of lesson 09 is that of", Treats("09", "**gradient norm**")),
    (
        "784 pixels are a longer vector (9) than 30 activations (3).",
        *(784, length(INK), HIDDEN, length(ACTIVATIONS)),
    ),
    (
        "63 in place of 124 before training, and after 3,000",
        *(np.median(THREE_SCALED.weights_0), of_depth("ratio_0", 3), depth_lab.LAST),
    ),
    ("faster one in 10 of 10 runs. The", sum(THREE_SCALED.weights_3000 < 1), len(THREE_SCALED)),
    ("answers 0.98, and the target is 0.", SURE, 0),
    (
        "0.5, until the answer is below 0.1.",
        Setting("11", r"below=0\.1, eta=(0\.\d)"),
        Setting("11", r"def steps_until\(network, below=(0\.\d)"),
    ),
    ("cross-entropy it takes 15 steps. With", steps_until(below=0.1, eta=0.5)),
    (
        "500 hidden neurons instead of 100 brought 0.7",
        *(ledger.TRIED_SIZES[-1], ledger.TRIED_SIZES[0], FALLING[-1] - FALLING[0]),
    ),
    ("that falls 0.2 to 0.4. An epoch", FALLS.min(), FALLS.max()),
    (
        "three seconds in place of two: a window of 25 weights computes at 144",
        *(Near(CONVOLUTION.seconds / CONV_EPOCHS, 0.4), Near(LARGE.seconds / LARGE_EPOCHS, 0.4)),
        *(PIXELS, PLACES),
    ),
    ("Moved by four pixels **Predict.**", 4),
    ("they are moved by 4 pixels to the", Setting("11", r"for pixels in range\((5)\)").shown() - 1),
    (
        "GPT-3 has 175 billion weights and biases in 96",
        *(3, GPT_BILLIONS, GPT_LAYERS),
    ),
    ("2020); [784, 30, 10] has 23,860.", 2020, *SIZES, parameters(SIZES)),
    ("| | input | 784 pixels | for each", SIZES[0]),
    ("| | output | ten sigmoids | one", OUTPUTS),
    ("they add up to 1 (*softmax*) | |", 1),
    ("gradient answers none of these.", 0),
    ("where z is below 0. What if this", 0),
    *(
        (f"[{chapter}](http://neuralnetworksanddeeplearning.com/chap{chapter}.html):", chapter)
        for chapter in range(2, 7)
    ),
    ("learning as of 2015; its library,", 2015),
    ("transformers | [3Blue1Brown, *Neural", 3),
    ("*Neural Networks: Zero to Hero*](https://karpathy.ai/zero-to-hero.html),", 0),
    ("2023](https://udlbook.github.io/udlbook/)", 2023),
    ("2024](https://www.bishopbook.com)", 2024),
    ("2016](https://www.deeplearningbook.org)", 2016),
    ("better than three of sigmoids, and as good as three of rectified", 3, 3),
    ("steps up to ten times as long,", 1 / (1 - habits.MomentumNetwork.momentum)),
    ("does. ## Summary 1. A question", 1),
    ("over many neurons. 2. The slopes", 2),
    ("sigmoids leave a quarter of the", sigmoid_prime(0.0)),
    ("neurons begin. 3. Cross-entropy,", 3),
    ("change one or two methods of `Network`", 2),
    (
        "95 to 98.9 %, a convolution with 16 windows to 99.1",
        *(MEDIANS["none"], LARGE.median, WINDOWS, CONVOLUTION.median // 0.1 / 10),  # rounded down
    ),
]
