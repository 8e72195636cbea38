import { isObject } from "../../source/json-object";
/** An object of the Terraform, as JSON has it. */
export type TerraformObject = Readonly<Record<string, unknown>>;

/** A block, or a list of blocks: Terraform's JSON has both forms everywhere. */
export function blocks(value: unknown): readonly TerraformObject[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter(isObject);
}

/** An object of JSON; `undefined` for all other text. */
export function parseJson(text: string): TerraformObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
