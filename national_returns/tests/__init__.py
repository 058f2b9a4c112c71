from datetime import date
from pathlib import Path

TODAY = date(2026, 10, 20)
SAMPLES = Path(__file__).with_name("samples")
