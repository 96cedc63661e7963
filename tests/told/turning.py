"""The words that turn a sentence round: another one in their place says something else.

Pages and questions are searched for them; see `tests/told/claims.py` and `tests/course/told.py`.
"""

WORDS = """
about above across add added adds after against all along always another any around average
backward bad badly before begin begins below best better between bias biases big bigger black blue
both bottom bright can cannot close closed column columns constant cost dark dashed decrease
decreases decreasing difference different divide divided divides dotted double doubled down
downward each earlier early eight eights eleven empty end ends equal equally even every exactly
exceed exceeds exponential fall falling falls false far farther fast faster fell few fewer fifteen
fifth fifty first five fives flat flip flips former forty forward four fours full gaussian good
gradient gray greater green grow grows half halves hardly height hidden high higher highest
horizontal huge hundred hundreds hundredth increase increases increasing inner input inputs inside
jumps known large larger largest last late later least left less level light like linear logarithm
long longer longest loud low lower lowers lowest many maximum may mean median middle million
millionth millionths minimum minus missing more most moves multiplied multiplies multiply must
narrow narrower near nearer need needs negative neither never new next nine nines no nobody none
nor not nothing nowhere odd off often old on once one ones only open opposite orange other outer
output outputs outside over perceptron perceptrons plus poor positive previous product purple
quarter quarters quick quicker quickly raise raises random rarely reach reaches red relu right rise
rises rising root row rows same scaled second seldom seven sevens several sharp short shorter
shortest shrink shrinks shuffled sigmoid sign silent single six sixes sixteen slow slower slowly
small smaller smallest smooth solid some sometimes soon sooner sorted square squared squares start
starts steep steeper steepest strong subtract subtracts sum ten tenth tenths test third thirds
thirty thousand thousands thousandth thousandths three threes times tiny top toward train trained
training true twelve twenty twice two under unequal unknown unlike unseen untrained up upper upward
usually validation vertical weak weight weights well white wide wider width with without worse
worst wrong yellow yes zero zeros
"""
TURNING = frozenset(WORDS.split())
