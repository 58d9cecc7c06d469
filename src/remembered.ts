const MOST = 2000;

/** A function that remembers its results: of the latest arguments at most `MOST`. */
export function remembered<K extends string | number, V extends NonNullable<unknown>>(compute: (value: K) => V) {
  const known = new Map<K, V>();
  return (value: K): V => {
    let result = known.get(value);
    if (result === undefined) {
      if (known.size >= MOST) known.clear();
      known.set(value, (result = compute(value)));
    }
    return result;
  };
}
