/** The objects of a list from the wire, where any field may be missing, or of another type than it should be. */
export function objectsOf<One extends object>(list: readonly One[] | null | undefined): readonly One[] {
  return Array.isArray(list) ? list.filter((one) => typeof one === 'object' && one !== null) : [];
}
