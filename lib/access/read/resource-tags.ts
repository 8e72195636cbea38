import { isObject } from "../../source/json-object";
import type { Readable } from "../access-graph";
import { blocks } from "./terraform-json";
import type { TerraformResource } from "./terraform-stack";
import { isPlaceholder, terraformText } from "./terraform-value";

/** Tag keys and values. */
type Tags = Readonly<Record<string, string>>;

/**
 * All tags that a resource has once it is applied: a plan says them together, as `tags_all`; of a
 * configuration, its own tags come over those that its provider adds to everything.
 */
export function resourceTags({
  attributes,
  written = false,
  defaultTags,
}: TerraformResource): Readable<Tags> {
  if (!written) {
    const { tags_all: all = attributes.tags } = attributes;
    return tagsOf(all);
  }
  const defaults = tagsOfBlock(defaultTags);
  if (!defaults.known) return defaults;
  const own = tagsOf(attributes.tags);
  return own.known ? { known: true, value: { ...defaults.value, ...own.value } } : own;
}

function tagsOfBlock(value: unknown): Readable<Tags> {
  if (value === undefined || value === null) return { known: true, value: {} };
  const [block, ...more] = blocks(value);
  return block === undefined || more.length > 0 ? UNKNOWN : tagsOf(block.tags);
}

const UNKNOWN: Readable<Tags> = {
  known: false,
  reason: "its tags are known only when Terraform runs",
};

function tagsOf(value: unknown): Readable<Tags> {
  if (value === undefined || value === null) return { known: true, value: {} };
  if (isPlaceholder(value) || !isObject(value)) return UNKNOWN;
  const tags: Record<string, string> = {};
  for (const [name, written] of Object.entries(value)) {
    const [key, text] = [terraformText(name), terraformText(written)];
    if (key.kind !== "text" || text.kind !== "text") return UNKNOWN;
    tags[key.text] = text.text;
  }
  return { known: true, value: tags };
}
