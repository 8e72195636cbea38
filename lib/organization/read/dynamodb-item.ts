import { isObject } from "../../source/json-object";

/** An item of DynamoDB as the CLI prints it, `{"id": {"S": "text"}}`, without the types of its values. */
export function plainItem(item: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(item)) return {};
  return Object.fromEntries(Object.entries(item).map(([key, value]) => [key, plainValue(value)]));
}

function plainValue(value: unknown): unknown {
  if (!isObject(value)) return value;
  const [type, ...others] = Object.keys(value);
  if (type === undefined || others.length > 0) return value;
  const content = value[type];
  if (type === "M") return plainItem(content);
  if (type === "L") return Array.isArray(content) ? content.map(plainValue) : content;
  if (type === "N") return Number(content);
  return type === "NULL" ? null : content;
}
