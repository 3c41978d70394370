import { SHARDS } from '../contract/topics.ts';

/** Reads `0-31,40`. @returns shards in ascending order, each once, or `undefined` when it is no such list */
export function parseShards(text: string): readonly number[] | undefined {
  const shards = new Set<number>();
  for (const part of text.split(',')) {
    const [, from, to = from] = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(part.trim()) ?? [];
    if (from === undefined || Number(from) > Number(to) || Number(to) >= SHARDS) return undefined;
    for (let shard = Number(from); shard <= Number(to); shard++) shards.add(shard);
  }
  return [...shards].sort((a, b) => a - b);
}
