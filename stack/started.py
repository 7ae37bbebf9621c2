"""What is started for as long as a `with` lasts."""

from abc import ABC, abstractmethod
from typing import Self


class Started(ABC):
    """Started on entering a `with`, stopped on leaving it; also when starting fails halfway."""

    @abstractmethod
    def start(self) -> None:
        """Start, and return when it answers."""

    @abstractmethod
    def stop(self) -> None:
        """Stop, and return when all of it is gone; what does not run is not an error."""

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
