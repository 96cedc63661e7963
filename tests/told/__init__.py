"""What the prose of the lessons tells, told once more where a machine can check it.

`lessons/lessonNN.py` has everything in the Markdown cells of lesson NN that can be wrong by a slip:
its numbers, formulas, tables and quoted code, each with what makes it true. `test_told.py` finds
whatever stands on one side only.
"""
