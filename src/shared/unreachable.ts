/** Marks a branch that the type checker proves empty; a new union member stops the build here. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${String(value)}`);
}
