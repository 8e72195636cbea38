import { isObject } from "../../source/json-object";
import { blocks, parseJson } from "../../access/read/terraform-stack";
import type { TerraformObject } from "../../access/read/terraform-stack";

/** What a part of a stack is about. */
export type TerraformConcern =
  /** As whom, where and by what code changes are carried out: providers, variables, state, versions. */
  | "deployment"
  /** Tags, which no policy of either side tests. */
  | "tags"
  /** What it does or gives is not read, so that it is not known. */
  | "unread";

/** A part of a stack that is no access that is read: its attributes by name, as texts that can be compared. */
export interface StackPart {
  readonly concerns: TerraformConcern;
  readonly attributes: ReadonlyMap<string, string>;
}

/** The parts of a stack's text by address; none of a text that cannot be read, which is told by itself. */
export function stackParts(text: string): ReadonlyMap<string, StackPart> {
  const parts = new Map<string, StackPart>();
  for (const [section, value] of Object.entries(parseJson(text) ?? {})) {
    if (READ_SECTIONS.has(section)) continue;
    if (section === "resource") {
      for (const [address, part] of resourceParts(value)) parts.set(address, part);
      continue;
    }
    const concerns = DEPLOYMENT_SECTIONS.has(section) ? "deployment" : "unread";
    for (const [name, body] of namedBodies(value)) {
      const address = name === "" ? section : `${section}.${name}`;
      parts.set(address, { concerns, attributes: attributesOf(body, section) });
      if (section === "provider") {
        parts.set(`default tags of ${address}`, { concerns: "tags", attributes: tagsOf(body) });
      }
    }
  }
  return parts;
}

/** Sections that are no part of the access, or that the rest of the review reads. */
const READ_SECTIONS: ReadonlySet<string> = new Set(["//", "output", "moved", "module"]);
const DEPLOYMENT_SECTIONS: ReadonlySet<string> = new Set(["provider", "terraform", "variable"]);

/** Attributes of IAM resources by which others are trusted or left alone, and that nothing else reads. */
const UNREAD_ATTRIBUTES = ["connection", "thumbprint_list"];

function* resourceParts(value: unknown): Generator<readonly [string, StackPart]> {
  for (const [type, named] of blocks(value).flatMap(Object.entries)) {
    const isRead = type.startsWith("aws_iam_");
    for (const [name, body] of blocks(named).flatMap(Object.entries)) {
      const address = `${type}.${name}`;
      if (!isRead) {
        yield [address, { concerns: "unread", attributes: attributesOf(body) }];
        continue;
      }
      const [only = {}] = blocks(body);
      const unread = UNREAD_ATTRIBUTES.filter((each) => only[each] !== undefined);
      if (unread.length > 0) {
        const attributes = new Map(unread.map((each) => [each, JSON.stringify(only[each])]));
        yield [`${unread.join(", ")} of ${address}`, { concerns: "unread", attributes }];
      }
      if (only.tags !== undefined) {
        yield [
          `tags of ${address}`,
          { concerns: "tags", attributes: new Map(tagEntries(only.tags)) },
        ];
      }
    }
  }
}

/** The bodies of a section by name; a section that is a list of nameless blocks is one body. */
function namedBodies(value: unknown): readonly (readonly [string, unknown])[] {
  return isObject(value) ? Object.entries(value) : [["", value]];
}

function attributesOf(body: unknown, section?: string): ReadonlyMap<string, string> {
  const all = blocks(body);
  const [only] = all;
  if (only === undefined || all.length > 1) return new Map([["", JSON.stringify(body)]]);
  const entries = Object.entries(only).filter(
    ([name]) => name !== "//" && !(section === "provider" && name === "default_tags"),
  );
  return new Map(entries.map(([name, value]) => [name, JSON.stringify(value)]));
}

function tagsOf(body: unknown): ReadonlyMap<string, string> {
  return new Map(
    blocks(body)
      .flatMap(({ default_tags: tags }) => blocks(tags))
      .flatMap(({ tags }) => tagEntries(tags)),
  );
}

function tagEntries(tags: unknown): readonly (readonly [string, string])[] {
  const entries: TerraformObject = isObject(tags) ? tags : { "": tags };
  return Object.entries(entries).map(([key, value]) => [key, JSON.stringify(value)]);
}
