/**
 * What is worked out from an object, once, and kept as long as the object lives. Only for values that depend on nothing but what
 * never changes in the object: pages, regions, blocks and lists of changes are not edited once they are made.
 */
export function memoize<Key extends object, Value>(derive: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>()
  return (key) => {
    const found = known.get(key)
    if (found) return found.value
    const value = derive(key)
    known.set(key, { value })
    return value
  }
}
