"""Is a file what its name says, and harmless? Pure: bytes in, harmless bytes out, or a refusal in plain words.

No decoder for pictures or pages runs on a stranger's file. Each kind is read by its own small reader, which copies the
parts that it knows and leaves out the rest: places and names in photos, whatever is hung on behind the end.
"""

from documents.checking.content import Cleaned, clean
from documents.checking.limits import Limits
from documents.checking.names import harmless_name, kind_of_name
from documents.checking.refusing import Refused

__all__ = ["Cleaned", "Limits", "Refused", "clean", "harmless_name", "kind_of_name"]
