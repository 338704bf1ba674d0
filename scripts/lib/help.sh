# shellcheck shell=bash
# What --help says.

help_lab() {
  cat <<'END'
lab: a private network with five daemons and a client, to be watched with Wireshark.

usage: scripts/lab [--name NAME] [--profile private|portable] [--install] COMMAND ...

  demo           build, start, capture, download everything, show the capture, stop: all in one
  up             make the network and start the daemons
  run ...        the client, inside: lab run --all, lab run 50MB.zip, lab run dns, lab run list ...
  shell          a shell inside, or one command: lab shell dig @127.0.0.1 example.com
  status         the daemons: process, address, since when, memory
  logs           what they have logged
  capture FILE   what the network carries, into a file for Wireshark
  wireshark      our dissectors, a profile and the labs as interfaces, into your Wireshark
  files          make the sample files that the HTTP server serves
  down           stop all of it; nothing stays behind

  --name NAME    which lab; several run side by side (default: lab; of demo: demo)
  --profile P    private: a network of its own, made as root or as an ordinary user (Linux);
                 portable: no namespaces and no rights, on 127.0.0.x and high ports (default: private)
  --install      install missing Debian or Ubuntu packages, by sudo where you are not root

Each command has its own --help. Options of the lab stand before `run` and `shell`: what follows goes to the client.
Environment: WIRELAB_JAVA_HOME (which JDK), NO_COLOR. State: ${XDG_RUNTIME_DIR:-${TMPDIR:-/tmp}}/wirelab-UID/NAME.
Exit codes: 0 ok, 1 failed, 2 usage, 69 a tool is missing, 77 no permission, 130 interrupted; of run: the client's.
END
}

help_for() {
  case $1 in
    up) cat <<'END'
usage: scripts/lab [--name NAME] up [--root FOLDER | --seed N | --student ID] [--impair WORDS] [--impair-rule RULE ...] [--qlog FOLDER]

Makes the network and starts the five daemons, side by side; a line each when it is ready. Builds them first if need
be. On a lab that runs, starts again those daemons that have died. A daemon that does not start: what it said is shown,
and all is taken down.

  --root FOLDER  serve this folder instead of the sample files
  --seed N       make the sample files from this number (default: 1)
  --student ID   a lab of a student's own: another first lease, name and files, which follow from the id
                 (scripts/client student ID); docs/grading.md
  --qlog FOLDER  let the proxy leave a trace of each connection in FOLDER, for `client plot`

For a lab on bad networks; the proxy does it, to what it and its clients send each other (scripts/rudp-proxy --help):
  --impair WORDS       both ways: loss=5%,delay=20ms,jitter=5ms,reorder=1%,duplicate=1%,corrupt=0.1%,rate=10mbit,seed=1
  --impair-in WORDS    what reaches the proxy, --impair-out WORDS what leaves it
  --impair-rule RULE   certain packets: 'drop 2nd SIGNGET', 'delay ACKGET 3s'; may be given several times
END
      ;;
    run) cat <<'END'
usage: scripts/lab [--name NAME] run [ARGUMENT ...]
       scripts/lab [--name NAME] run dhcp|dns|echo|stat|list|get|compare [ARGUMENT ...]

Runs the client inside the lab, in the folder you are in: the whole sequence, or one step of it. All arguments are the
client's: scripts/client --help, scripts/client dns --help.
END
      ;;
    shell) cat <<'END'
usage: scripts/lab [--name NAME] shell [COMMAND ...]

Your shell inside the lab, or one command: lab shell dig @127.0.0.1 example.com, lab shell curl -I http://127.0.0.1/
`ps` there shows the lab's processes alone.
END
      ;;
    status) cat <<'END'
usage: scripts/lab [--name NAME] status [--json]

A line a daemon: process, address, up since, resident memory. Exit code 1 if one does not run.
END
      ;;
    logs) cat <<'END'
usage: scripts/lab [--name NAME] logs [-f] [DAEMON]

What the daemons have logged, or one of them: http-server, dhcp-server, dns-server, scrap-server, rudp-proxy.

  -f, --follow   go on as they log
END
      ;;
    capture) cat <<'END'
usage: scripts/lab [--name NAME] capture [-d SECONDS] FILE
       scripts/lab [--name NAME] capture --live

Captures everything on the lab's network into FILE (pcapng) until Ctrl-C. Needs no rights in the private profile.

  -d, --duration SECONDS   end by itself
  --live                   show it in Wireshark as it comes, until that is closed
END
      ;;
    wireshark) cat <<'END'
usage: scripts/lab wireshark [--remove] [--force]

Installs into your own Wireshark: dissectors for RUDP and the scrap protocol, a profile `wirelab` with columns, colours
and filter buttons, and a capture program that shows the labs that run as interfaces. docs/wireshark/README.md has the
fields. What you have changed yourself is kept, and said; then the exit code is 1.

  --remove       take all of it away again
  --force        replace or remove what you have changed, too
END
      ;;
    files) cat <<'END'
usage: scripts/lab files [--seed N] [--dir FOLDER] [--check]

Makes 50MB.zip, 100MB.zip and 500MB.zip (52,428,800, 104,857,600 and 524,288,000 bytes), image-site.png and task2.pdf,
unless they are there. The same seed gives the same bytes on every machine.

  --seed N       the number they are made from (default: 1)
  --dir FOLDER   where to (default: target/sample-files)
  --check        compare every byte with the manifest
END
      ;;
    down) cat <<'END'
usage: scripts/lab [--name NAME] down

Stops the daemons (SIGTERM first) and everything else inside, and removes the network and the lab's state.
END
      ;;
    demo) cat <<'END'
usage: scripts/lab [--name NAME] demo [--capture FILE] [--output FOLDER] [--seed N]

Everything once: builds if need be, starts a lab of its own, captures, downloads all five files and compares them,
shows phase by phase what was on the wire, and stops. The capture stays.

  --capture FILE    where the capture goes (default: target/demo.pcapng)
  --output FOLDER   keep the downloaded files there (default: they are removed once compared)
  --seed N          make the sample files from this number (default: 1)
END
      ;;
  esac
}
