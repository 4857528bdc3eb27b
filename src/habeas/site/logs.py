"""Log lines without what people typed or pages printed."""

import logging
import traceback


class Nameless(logging.Formatter):
    """Writes where a failure happened and of what type it is, never its words or the address.

    The words of an exception may quote a row of the database, and so a name.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return one line for the record, then the frames of its failure."""
        line = f"{self.formatTime(record)} {record.levelname} {record.name}"
        if not record.exc_info or record.exc_info[0] is None:
            return line
        frames = "".join(traceback.format_tb(record.exc_info[2]))
        return f"{line}: {record.exc_info[0].__qualname__}\n{frames}".rstrip()
