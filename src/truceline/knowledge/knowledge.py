"""All knowledge that ships, with a user's own laid over it."""

from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from truceline.errors import KnowledgeError
from truceline.knowledge.actors import ActorNouns, Actors, load_actor_nouns, load_actors
from truceline.knowledge.acts import ActVocabulary, load_acts
from truceline.knowledge.agreement import Agreement, load_agreement
from truceline.knowledge.countries import Countries, load_countries
from truceline.knowledge.loading import Source


def shipped() -> Traversable:
    """The folder of the data files that ship with Truceline."""
    return files("truceline.knowledge") / "data"


@dataclass(frozen=True)
class Knowledge:
    """What Truceline knows, each part loaded when it is first asked for.

    ``extra`` is a folder with files of the shipped names; their entries are added to the shipped ones and replace those
    of the same id. Make one with :meth:`load`.
    """

    extra: Path | None = None

    @classmethod
    def load(cls, extra: Path | str | None = None) -> "Knowledge":
        """The shipped knowledge, with the files of the folder ``extra`` laid over it.

        Raises:
            KnowledgeError: ``extra`` is no folder, or holds a file whose name no shipped file has.
        """
        if extra is None:
            return cls()
        folder = Path(extra)
        if not folder.is_dir():
            raise KnowledgeError(f"{folder}: no such folder; give a folder with data files such as actors.yaml")
        known = {path.name for path in shipped().iterdir()}
        for path in sorted(folder.iterdir()):
            if path.suffix in {".yaml", ".yml", ".tsv"} and path.name not in known:
                names = ", ".join(sorted(name for name in known if name.endswith((".yaml", ".tsv"))))
                raise KnowledgeError(f"{path}: no data file has this name; there are {names}")
        return cls(folder)

    def data(self, name: str) -> list[Source]:
        """Where a data file or folder (``frames``) is: shipped first, then the user's own if there is one."""
        return [folder / name for folder in self._folders() if (folder / name).is_file() or (folder / name).is_dir()]

    @cached_property
    def acts(self) -> ActVocabulary:
        """The closed vocabulary of acts."""
        return load_acts(self._files("acts.yaml"))

    @cached_property
    def countries(self) -> Countries:
        """Countries and entities without full recognition."""
        return load_countries(self._files("countries.yaml"))

    @cached_property
    def actor_nouns(self) -> ActorNouns:
        """Nouns and titles that actors are built from."""
        return load_actor_nouns(self._files("actor_nouns.yaml"))

    @cached_property
    def actors(self) -> Actors:
        """Actors known by name in any agreement."""
        return load_actors(self._files("actors.yaml"))

    def agreements(self) -> dict[str, Source]:
        """Agreement files by name, the user's own replacing shipped ones of the same name."""
        found: dict[str, Source] = {}
        for folder in self.data("agreements"):
            found.update(
                (path.name.removesuffix(".yaml"), path) for path in folder.iterdir() if path.name.endswith(".yaml")
            )
        return dict(sorted(found.items()))

    def agreement(self, name_or_path: str | Path) -> Agreement:
        """Load an agreement by its file's name, its id, or the path of a file.

        Raises:
            KnowledgeError: There is none of this name (lists what there is), or the file is broken.
        """
        known = self.agreements()
        name = str(name_or_path)
        source = known.get(name)
        if source is None and (name.endswith((".yaml", ".yml")) or Path(name).is_file()):
            source = Path(name)
        if source is None:
            loaded = (load_agreement(path, self.acts, self.actors, self.countries) for path in known.values())
            match = next((agreement for agreement in loaded if agreement.id == name), None)
            if match:
                return match
            raise KnowledgeError(
                f"unknown agreement {name!r}; there are {', '.join(known) or 'none'}; or give the path of a file"
            )
        return load_agreement(source, self.acts, self.actors, self.countries)

    def _folders(self) -> list[Source]:
        return [shipped(), *([self.extra] if self.extra else [])]

    def _files(self, name: str) -> list[Source]:
        return [path for path in self.data(name) if path.is_file()]
