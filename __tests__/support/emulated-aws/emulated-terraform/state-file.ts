import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

interface State {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: { readonly id: string } }[];
  }[];
}

/** Which resource of AWS each address stands for, in the file that Terraform keeps it in; written at each change. */
export class StateFile {
  readonly #file: string;
  readonly #ids = new Map<string, string>();

  constructor(file: string) {
    this.#file = file;
    if (!existsSync(file)) return;
    const { resources } = JSON.parse(readFileSync(file, "utf8")) as State;
    for (const { type, name, instances } of resources) {
      this.#ids.set(`${type}.${name}`, instances[0]?.attributes.id ?? "");
    }
  }

  entries(): (readonly [address: string, id: string])[] {
    return [...this.#ids];
  }

  has(address: string): boolean {
    return this.#ids.has(address);
  }

  idOf(address: string): string {
    const id = this.#ids.get(address);
    if (id === undefined) throw new Error(`the state has no ${address}`);
    return id;
  }

  set(address: string, id: string): void {
    this.#ids.set(address, id);
    this.save();
  }

  remove(address: string): void {
    this.#ids.delete(address);
    this.save();
  }

  move(from: string, to: string): void {
    const id = this.idOf(from);
    this.#ids.delete(from);
    this.set(to, id);
  }

  save(): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    const resources = this.entries().map(([address, id]) => {
      const [type = "", name = ""] = address.split(".");
      const provider = 'provider["registry.terraform.io/hashicorp/aws"]';
      return { mode: "managed", type, name, provider, instances: [{ attributes: { id } }] };
    });
    writeFileSync(this.#file, `${JSON.stringify({ version: 4, resources }, undefined, 2)}\n`);
  }
}
