"""The mutation check: faults are planted in a copy of the course, and the tests have to notice.

A mutant is the course with one small fault: a sign, a factor, two labels swapped, a number in a
sentence, an assertion that holds always. `python -m tests.mutants` plants some, runs the tests that
matter for the file, and lists what nobody noticed.

Why it is our own: mutmut and cosmic-ray change Python alone, by operators that know functions and
expressions. Here half of what can be wrong stands in Markdown cells, stored outputs and
questions.md, and the tests of a notebook are its own cells, run by nbval in a kernel that has to
import the changed package. mutmut puts all mutants of a function into one file and chooses by a
variable of its process, which a kernel does not have; cosmic-ray changes the files of the checkout.
Two tools and a third for the pages would be more code than this one.
"""
