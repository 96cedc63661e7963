"""The words that turn a sentence round: another one in their place says something else.

Pages and questions are searched for them; see `tests/told/claims.py` and `tests/course/told.py`.
"""

WORDS = """
about above accuracy across activation activations add added adds after against all along always
another any argument around average axis backward bad badly batch batches before begin beginning
begins below best better between bias biases big bigger black blue both bottom bounding box bright
can cannot center class close closed column columns constant correct cost costs dark dashed data day
days decrease decreases decreasing deviation deviations difference different digit digits divide
divided divides dotted double doubled down downward each earlier early eight eights eleven empty end
ends epoch epochs equal equally error errors estimate even every exactly exceed exceeds exponential
fall falling falls false far farther fast faster fell few fewer fifteen fifth fifty first five fives
flat flip flips former forty forward four fours from full function functions gaussian glide glides
good gradient gradients gray greater green grow grows half halves hardly height hidden high higher
highest horizontal hour hours huge hundred hundreds hundredth idle image images increase increases
increasing ink inked inner input inputs inside jump jumps known label labels large larger largest
last late later layer layers learn learned learns least left length lengths less level light like
linear logarithm long longer longest loud low lower lowers lowest many maximum may mean median
middle million millionth millionths mini-batch mini-batches minimum minus minute minutes missing
mistake mistakes more most moves multiplied multiplies multiply must narrow narrower near nearer
need needs negative neither neuron neurons never new next nine nines no nobody none nor not nothing
nowhere odd off often old on once one ones only open opposite orange other outer output outputs
outside over paper perceptron perceptrons pixel pixels plus poor positive previous probability
product proof proves purple push pushed pushes quarter quarters quick quicker quickly raise raises
random rarely rate rates reach reaches red relu right rise rises rising root row rows same saturated
scaled second seconds seed seeds seldom seven sevens several shape share shares sharp short shorter
shortest shrink shrinks shuffled sigmoid sign silent single six sixes sixteen slope slopes slow
slower slowly small smaller smallest smooth solid some sometimes soon sooner sorted spread spreads
square squared squares standard start starts steep steeper steepest strong subtract subtracts sum
target targets ten ten-thousandth tenth tenths test thick thicker thickest thin thinner thinnest
third thirds thirty thousand thousands thousandth thousandths three threes threshold thresholds
times tiny to top toward train trained training true turn turned turns twelve twenty twice two under
unequal unit units unknown unlike unseen untrained up update updates upper upward usually validation
variance vertical weak week weeks weight weights well white wide wider width with without worse
worst wrong yellow yes zero zeros
"""
TURNING = frozenset(WORDS.split())
