import { readdirSync, readFileSync } from 'node:fs';

/** A file of /proc, `undefined` when its process has ended meanwhile. */
export function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** A process and everything that it started, and so on. */
export function processTree(root: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const stat = tryRead(`/proc/${name}/stat`);
    if (stat) parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const isOurs = (pid: number): boolean => pid === root || (parents.has(pid) && isOurs(parents.get(pid) ?? 0));
  return [...parents.keys()].filter(isOurs);
}

/** Time that the threads of these processes were on a processor, ms (schedstat counts nanoseconds). */
export function cpuMsOf(pids: readonly number[]): number {
  let ns = 0;
  for (const pid of pids)
    for (const thread of tasksOf(pid))
      ns += Number(tryRead(`/proc/${pid}/task/${thread}/schedstat`)?.split(' ')[0] ?? 0);
  return ns / 1e6;
}

function tasksOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}
