"""What Python imports by itself when a process of a machine run starts: workers of sweeps too."""

import machine_shake

machine_shake.start()
