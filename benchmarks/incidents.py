"""Incidents and lineages against the dossiers, and what a document costs as the claims grow.

    python -m benchmarks.incidents [--errors] [--sizes 1000,10000,100000] [--no-sizes]

Two figures for each grouping: by pairs, and by items (B³). Claims that the dossiers say nothing on are not judged, and words in
which no claim was read are listed apart: they are the reader's misses. The sizes are synthetic and seeded: claims on incidents
spread evenly over days and places, as many to a day whatever their number.
"""

import argparse
import gc
import random
import resource
import time
from datetime import date, datetime, timedelta, timezone

from tests.incidents.dossiers import (
    NAMES,
    Score,
    contradictions,
    incident_score,
    labels,
    lineage_score,
    read_dossier,
    wrong,
)

from truceline.incidents import Index
from truceline.knowledge import Agreement
from truceline.model import Actor, Claim, Count, Document, Modality, Place, Time, Witness

_PER_DAY = 40
_ACTS = ("ground_attack", "shelling", "small_arms_fire", "ambush", "ceasefire_violation")
_ZONE = timezone(timedelta(hours=4))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="list the claims that stand in the wrong place")
    parser.add_argument("--sizes", default="1000,10000,100000", help="claims, separated by commas")
    parser.add_argument("--no-sizes", action="store_true", help="quality only")
    options = parser.parse_args()
    _quality(errors=options.errors)
    if not options.no_sizes:
        _sizes([int(size) for size in options.sizes.split(",")])


# ---- quality ----


def _quality(*, errors: bool) -> None:
    reads = [(read_dossier(name), read_dossier(name).build()) for name in NAMES]
    print(f"{'claim to incident':24}{'claims':>7}   pairwise P / R / F1      B³ P / R / F1")
    for name, (read, result) in zip(NAMES, reads, strict=True):
        _print_score(name, incident_score(read, result))
        if errors:
            print("\n".join(f"    {line}" for line in wrong(read, result)))
    print(f"\n{'document to lineage':24}")
    _print_score("all", lineage_score(reads))
    print("\ncontradictions")
    for name, (read, result) in zip(NAMES, reads, strict=True):
        found, missed, extra = contradictions(read, result)
        print(f"{name:24}{len(found)} found, {len(missed)} missed, {len(extra)} more  {missed or ''} {extra or ''}")
    print("\nwords in which no claim was read")
    for name, (read, _) in zip(NAMES, reads, strict=True):
        unread = labels(read).unread
        print(f"{name:24}{len(unread)}")
        if errors:
            print("\n".join(f"    {label}: {phrase!r} ({document})" for label, document, phrase in unread))


def _print_score(name: str, result: Score) -> None:
    shown = "      ".join(
        " / ".join(f"{value:.3f}" for value in values) for values in (result.pairwise, result.b_cubed)
    )
    print(f"{name:24}{result.items:7}   {shown}")


# ---- cost ----


def synthetic(number: int, seed: int = 7) -> list[list[Witness]]:
    """Documents of three claims each on made-up incidents; the same for the same number and seed."""
    chance = random.Random(seed)
    days = max(3, number // _PER_DAY)
    documents = []
    for i in range(number // 3):
        day = date(2015, 1, 1) + timedelta(days=chance.randrange(days))
        where = chance.randrange(8)
        documents.append(_document(i, day, where, chance))
    return documents


def _document(i: int, day: date, where: int, chance: random.Random) -> list[Witness]:
    names = [f"Place{where}", chance.choice(("Azerbaijan", "Armenia")), f"Unit{chance.randrange(500)}"]
    wounded = chance.randrange(1, 9)
    filler = " ".join(f"w{chance.randrange(3000)}" for _ in range(60))
    sentences = [
        f"{names[1]} said that its post near {names[0]} was attacked on {day:%d %B}.",
        f"{wounded} soldiers of {names[2]} were wounded.",
        f"Nobody crossed the line near {names[0]}, an officer of {names[2]} said in report {chance.randrange(10**6)}.",
    ]
    text = " ".join(sentences) + f"\n\n{filler}."
    published = datetime(day.year, day.month, day.day, 12, tzinfo=_ZONE) + timedelta(days=1)
    document = Document(id=f"sha256:{i:064x}", text=text, publisher=f"Paper {i % 97}", published=published)
    party = names[1].lower()
    hour = datetime(day.year, day.month, day.day, 6 + chance.randrange(3) * 6, tzinfo=_ZONE)
    when = Time("then", (0, 1), hour, hour + timedelta(minutes=1), "time")
    place = Place(names[0], (0, 1), names[0], f"p{where}", 39.0 + where * 0.15, 46.0 + where * 0.1, 1, 1.0)
    speaker = Actor(names[1], (0, 1), party=party)
    other = Actor("they", (0, 1), party="armenia" if party == "azerbaijan" else "azerbaijan")
    witnesses = []
    start = text.index(sentences[0])
    for j, sentence in enumerate(sentences):
        span = (start, start + len(sentence))
        count = (Count("wounded", wounded, wounded, str(wounded), span, party=party),) if j == 1 else ()
        claim = Claim(
            id=f"c-{i * 3 + j:012x}", span=span, text=sentence, sentence=span, quoted=False, speakers=(speaker,), cue=None,
            said=None, modality=Modality.ASSERTED, act="wounding" if j == 1 else chance.choice(_ACTS), act_span=span,
            agent=other if j == 0 else None, patient=None, place=place if j != 1 else None, when=when if j == 0 else None,
            counts=count, instrument=None, confidence=0.9, by="synthetic",
        )  # fmt: skip
        witnesses.append(Witness(claim, document))
        start += len(sentence) + 1
    return witnesses


def _sizes(sizes: list[int]) -> None:
    agreement = Agreement.load("nagorno-karabakh-2020")
    print(f"\n{'claims':>9}{'incidents':>11}{'all':>10}{'one more document':>22}{'peak memory':>14}")
    for size in sizes:
        gc.collect()
        documents = synthetic(size)
        last = documents[-50:]
        index = Index(agreement=agreement)
        begun = time.perf_counter()
        index.add(witness for document in documents[:-50] for witness in document)
        whole = time.perf_counter() - begun
        each = []
        for document in last:
            begun = time.perf_counter()
            index.add(document)
            each.append(time.perf_counter() - begun)
        each.sort()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        incidents = len(index.incidents().incidents)
        median, slow = each[len(each) // 2] * 1000, each[int(len(each) * 0.95)] * 1000
        print(f"{size:9,}{incidents:11,}{whole:9.1f}s{median:10.1f} ms, p95 {slow:5.1f}{memory:11.0f} MB")


if __name__ == "__main__":
    main()
