import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

/**
 * The shell becomes the server and leaves a guard process behind. The guard waits for the end of a pipe that this
 * process holds. The system closes the pipe however this process ends, even by `kill -9`, when none of its code runs
 * any more. Then the guard stops the server: in order (SIGINT, PostgreSQL's fast shutdown), after ten seconds
 * immediately (SIGQUIT), after twenty by force (SIGKILL). It signals only a process whose command line contains the
 * data folder: the server may have ended before, and another process may have its process id. The guard is not a child
 * of the server (hence the two shells), because the server does not expect one.
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
 * Starts the server for `dataFolder`. It never outlives this process by more than some seconds. It has its own process
 * group, because a Ctrl-C in the terminal is meant for Proofload: PostgreSQL would stop while a run still has to be
 * audited. The `pid` of the returned process is that of the server.
 */
export function spawnServer(
  file: string,
  args: readonly string[],
  dataFolder: string,
  options: Pick<SpawnOptions, 'cwd' | 'uid' | 'gid'>,
): ChildProcess {
  // Windows has neither such a shell nor signals for a process group.
  if (process.platform === 'win32') return spawn(file, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  return spawn('/bin/sh', ['-c', script, 'sh', dataFolder, file, ...args], {
    ...options,
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
  });
}
