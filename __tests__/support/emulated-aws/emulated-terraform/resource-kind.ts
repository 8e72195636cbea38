import type { IAMClient } from "@aws-sdk/client-iam";

/** Attributes of a resource, with all references resolved. */
export type Attributes = Readonly<Record<string, unknown>>;

/** How resources of one type are made, read, changed and removed: what the provider does for Terraform. */
export interface ResourceKind {
  /** Attributes that AWS cannot change: another value replaces the resource. */
  readonly replacing: readonly string[];
  /** Whether the tags of the provider are added to its own. */
  readonly tagged: boolean;
  /** Attributes as they are configured, with the provider's defaults: those that are compared. */
  configured(body: Attributes): Attributes;
  /** Attributes as AWS tells them, `id` and `arn` among them; `undefined` where there is no such resource. */
  read(iam: IAMClient, id: string): Promise<Attributes | undefined>;
  /** Makes one and tells its id, the one that `import` takes. */
  create(iam: IAMClient, wanted: Attributes): Promise<string>;
  update(iam: IAMClient, id: string, wanted: Attributes, actual: Attributes): Promise<void>;
  remove(iam: IAMClient, id: string): Promise<void>;
}

/** What AWS tells, `undefined` where it says that there is no such thing. */
export async function ifThere<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && error.name === "NoSuchEntityException") return undefined;
    throw error;
  }
}

/** An attribute that is text. */
export function text(attributes: Attributes, name: string): string {
  const value = attributes[name];
  if (typeof value !== "string") throw new Error(`${name} is no text: ${JSON.stringify(value)}`);
  return value;
}

/** An attribute that is a set of texts. */
export function texts(attributes: Attributes, name: string): readonly string[] {
  const value = attributes[name];
  if (!Array.isArray(value)) throw new Error(`${name} is no list: ${JSON.stringify(value)}`);
  return value.map(String).sort();
}

/** A tag as IAM has it. */
export interface Tag {
  readonly Key: string | undefined;
  readonly Value: string | undefined;
}

/** Tags as Terraform has them. */
export function tagMap(tags: readonly Tag[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** Tags as IAM takes them. */
export function tagList({ tags = {} }: Attributes): { Key: string; Value: string }[] {
  return Object.entries(tags as Record<string, string>).map(([Key, Value]) => ({ Key, Value }));
}

/** Keys of tags that are there and are not wanted. */
export function tagsToRemove(wanted: Attributes, actual: Attributes): string[] {
  const kept = new Set(tagList(wanted).map(({ Key }) => Key));
  return tagList(actual).flatMap(({ Key }) => (kept.has(Key) ? [] : [Key]));
}

/** The last part of an id of two, such as `role:policy`, and the first. */
export function parts(id: string, separator: string): readonly [string, string] {
  const cut = id.indexOf(separator);
  return [id.slice(0, cut), id.slice(cut + separator.length)];
}
