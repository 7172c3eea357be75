import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

/**
 * The shell becomes the server, and leaves a guard behind that waits for the end of a pipe which we hold: the system
 * closes it whenever and however we end, by `kill -9` too, when no code of ours runs any more. Then the guard stops the
 * server: in order (SIGINT, PostgreSQL's fast shutdown), after ten seconds without order (SIGQUIT), after twenty by
 * force. It signals nothing but a process whose command line names our data folder: the server may have ended before,
 * and its number be another's. The guard is no child of the server (hence the two shells), which would not expect it.
 */
const script = `
data=$1
shift
server=$$
exec 3<&0
runs() {
  if [ -r "/proc/$server/cmdline" ]; then command=$(tr '\\0' ' ' <"/proc/$server/cmdline")
  else command=$(ps -ww -o args= -p "$server"); fi
  case "$command" in *"$data"*) return 0 ;; *) return 1 ;; esac
}
guard() {
  trap '' INT TERM HUP
  read -r _ <&3
  waited=0
  while runs; do
    case $waited in
      0) kill -INT "$server" ;;
      10) kill -QUIT "$server" ;;
      20) kill -KILL "$server"; exit ;;
    esac
    waited=$((waited + 1))
    sleep 1
  done
}
( guard >/dev/null 2>&1 & )
exec "$@" </dev/null 3<&-
`;

/**
 * Starts the server over `dataFolder` so that it is never left behind: it ends with this process, at most seconds later.
 * It is in a process group of its own, for a Ctrl-C in the terminal is meant for us: PostgreSQL would stop while a run
 * still has to be audited. `pid` is that of the server.
 */
export function spawnServer(
  file: string,
  args: readonly string[],
  dataFolder: string,
  options: Pick<SpawnOptions, 'cwd' | 'uid' | 'gid'>,
): ChildProcess {
  // Windows has neither a shell of that kind nor signals that reach a group.
  if (process.platform === 'win32') return spawn(file, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  return spawn('/bin/sh', ['-c', script, 'sh', dataFolder, file, ...args], {
    ...options,
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
  });
}
