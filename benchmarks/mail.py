"""Every way a mail server can fail, against the outbox: which recipient got how many copies, and what is on record.

    .venv/bin/python benchmarks/mail.py [SMTP_HOSTILE.py] [--recipients 1000]


Runs the demo, then mails one member per mode through the hostile server, days of retries compressed by a clock of its
own. Promised (acceptance rows MAI-01…12): each recipient exactly once; at most twice, with one Message-ID, only where
the reply was lost; none lost; a failure is on record in words. A line a mode; exits 1 when a promise is broken.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from watcher.config.settings import Settings
from watcher.deliver.smtp import SmtpSender
from watcher.model.catalogue import Mail
from watcher.pipeline.deliver import deliver, outbox_status
from watcher.pipeline.demo import SAMPLE_NOW, run_demo
from watcher.pipeline.runtime import Runtime, open_runtime

ROOT = Path(__file__).parents[1]
BY_RECIPIENT = (
    "ok", "tempfail", "reject", "greylist", "data_tempfail", "data_reject", "drop_before_250", "late_250",
    "drop_at_rcpt", "drop_mid_data", "silent", "slow", "junk", "flaky",
)  # fmt: skip
BY_SERVER = ("drop_at_mail", "multiline_endless", "size_small", "auth_fail")
NEVER = {"tempfail", "reject", "data_tempfail", "data_reject", "drop_at_rcpt", "drop_mid_data", "silent", "junk"}
NEVER |= {"drop_at_mail", "multiline_endless", "size_small", "auth_fail"}
TWICE = {"drop_before_250", "late_250"}
SECONDS = 12.0  # the deadline here; 60 in earnest
ROUNDS = 10


def mail_modes(
    runtime: Runtime, modes: tuple[str, ...], port: int, spool: Path, environment: dict[str, str]
) -> Counter[str]:
    """Mail one member per mode over compressed days; return copies by recipient's mode."""
    catalogue = replace(
        runtime.catalogue, mail=Mail(sender="veille@pole.example", host="127.0.0.1", port=port, security="none")
    )
    base = runtime.members[0]
    members = tuple(
        replace(base, slug=f"m-{mode.replace('_', '-')}", emails=(f"{mode}@hostile.example",)) for mode in modes
    )
    trial = Runtime(runtime.settings, catalogue, runtime.database, members=members)
    sender = SmtpSender(catalogue.mail, environment=environment, seconds=SECONDS)
    now = SAMPLE_NOW
    for _ in range(ROUNDS):
        deliver(trial, now, sender=sender)
        now += timedelta(hours=25)
    copies: Counter[str] = Counter()
    ids: dict[str, set[str]] = {}
    for file in sorted(spool.glob("*.json")):
        seen = json.loads(file.read_text())
        for address in seen["to"]:
            mode = address.partition("@")[0]
            copies[mode] += 1
            ids.setdefault(mode, set()).add(seen["message_id"])
        if seen["subject_count"] != 1 or seen["bcc"] or seen["bare_lf"]:
            print("  malformed:", seen)
    if any(len(found) != 1 for found in ids.values()):
        print("  several Message-IDs for one mail:", ids)
    return copies


def mail_many(own: Settings, script: Path, folder: Path, count: int) -> int:
    """Mail ``count`` members, one of them at an address that is refused; return how many promises were broken."""
    spool = folder / "many"
    server = run_server(script, 8620, spool, None)
    with open_runtime(own) as runtime:
        names = ("reject+many", *(f"ok+{number}" for number in range(1, count)))
        base = runtime.members[0]
        members = tuple(
            replace(base, slug=f"n{number}", emails=(f"{name}@hostile.example",)) for number, name in enumerate(names)
        )
        mail = Mail(sender="veille@pole.example", host="127.0.0.1", port=8620, security="none")
        trial = Runtime(runtime.settings, replace(runtime.catalogue, mail=mail), runtime.database, members=members)
        started = time.monotonic()
        report = deliver(trial, SAMPLE_NOW, sender=SmtpSender(mail, environment={}))
        seconds = time.monotonic() - started
    server.terminate()
    server.wait(10)
    states = Counter(mail.state for mail in report.mails)
    copies = Counter(to for file in spool.glob("*.json") for to in json.loads(file.read_text())["to"])
    print(
        f"{count} recipients: {dict(states)}, {count / seconds:.0f} mails a second, most copies {max(copies.values())}"
    )
    return int(states != Counter(sent=count - 1, failed=1) or set(copies.values()) != {1})


def run_server(script: Path, port: int, spool: Path, mode: str | None) -> "subprocess.Popen[bytes]":
    """Start the hostile server on loopback; it ends by itself."""
    command = [sys.executable, str(script), "--seconds", "240", "--port", str(port), "--spool", str(spool)]
    process = subprocess.Popen([*command, *(["--mode", mode] if mode else [])], stdout=subprocess.PIPE)
    if process.stdout:
        process.stdout.readline()
    return process


def main() -> None:
    """Run every mode and judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("script", type=Path, nargs="?", default=ROOT.parent / "shared/hostile/smtp_hostile.py")
    parser.add_argument("--recipients", type=int, default=0, help="also mail so many at once")
    arguments = parser.parse_args()
    script = arguments.script
    if not script.exists():
        sys.exit(f"{script} is not here: give the path of smtp_hostile.py.")
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder) / "var", digests=Path(folder) / "digests")
        run_demo(settings, SAMPLE_NOW)
        own = Settings(config=settings.data / "demo/feeds.yaml", data=settings.data / "demo", digests=settings.digests)
        if arguments.recipients:
            broken += mail_many(own, script, Path(folder), arguments.recipients)
        for number, modes in enumerate((BY_RECIPIENT, *((mode,) for mode in BY_SERVER))):
            spool, port = Path(folder) / f"spool{number}", 8600 + number
            server = run_server(script, port, spool, None if number == 0 else modes[0])
            started = time.monotonic()
            login = {"WATCHER_SMTP_USER": "u", "WATCHER_SMTP_PASSWORD": "p"} if modes[0] == "auth_fail" else {}
            with open_runtime(own) as runtime:
                copies = mail_modes(runtime, modes, port, spool, login)
                _, troubled = outbox_status(runtime)
            server.terminate()
            server.wait(10)
            states = {mail.edition.partition("/m-")[2].replace("-", "_"): mail for mail in troubled}
            for mode in modes:
                count = copies[mode]
                expected = (0,) if mode in NEVER else (1, 2) if mode in TWICE else (1,)
                on_record = mode in states or count > 0
                verdict = "ok" if count in expected and on_record else "BROKEN"
                broken += verdict != "ok"
                error = states[mode].error if mode in states else ""
                state = states[mode].state if mode in states else "sent"
                print(f"{verdict:<7}{mode:<18}{count} copies, {state}. {error or ''}")
            print(f"  ({time.monotonic() - started:.0f} s)")
    total = len(BY_RECIPIENT) + len(BY_SERVER)
    print(f"{total - broken} of {total} modes end as promised")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
