/** A model id taken apart. */
export interface ModelIdParts {
  /** Without variants and preset, but with the `~` of an alias. */
  readonly base: string;
  readonly variants: readonly string[];
  readonly preset?: string;
}

const DYNAMIC = new Set(['nitro', 'floor', 'exacto', 'online']);

/** Variants that work on any model; the others exist only as rows of the catalogue. */
export function isDynamicVariant(variant: string): boolean {
  return DYNAMIC.has(variant);
}

/** `["~"] author "/" slug [":" variant]... ["@preset/" slug]`, or a preset alone, which gives an empty `base`. */
export function splitModelId(id: string): ModelIdParts {
  const at = id.indexOf('@preset/');
  const [base = '', ...variants] = (at < 0 ? id : id.slice(0, at)).split(':');
  return at < 0 ? { base, variants } : { base, variants, preset: id.slice(at + '@preset/'.length) };
}
