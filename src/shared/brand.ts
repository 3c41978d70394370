/** A nominal type: a plain value that only one file can make. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };
