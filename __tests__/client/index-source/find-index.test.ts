import { createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { textDigest } from "../../../cli/system/text-digest";
import { findIndex } from "../../../client/index-source/find-index";
import { accessIndexText, buildAccessIndex } from "../../../lib/session/index/build-access-index";
import { checkMap } from "../../support/project";

const MAP = `
version: 1
accounts: { core: { id: "100000000001", region: eu-west-1 } }
hubs: { gate: { account: core, principals: { robot: { user: { name: robot } } } } }
`;

describe("the access index", () => {
  let folder: string;
  const { plan } = checkMap(MAP);
  if (plan === undefined) throw new Error("no plan");
  const text = accessIndexText(buildAccessIndex(plan, textDigest(MAP)));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "trustwheel-index-"));
    mkdirSync(join(folder, "deep/er"), { recursive: true });
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (name: string, content: string): string => {
    const file = join(folder, name);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
  const environment = (more: Record<string, string> = {}): Record<string, string> => ({
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, "config"),
    ...more,
  });
  const find = async (option?: string, more: Record<string, string> = {}): Promise<string> =>
    findIndex(option, environment(more), join(folder, "deep/er")).then(
      ({ map }) => map,
      (error: unknown) => {
        const { message, help } = error as Error & { help: string };
        return `${message.replaceAll(folder, "~")}; ${help.replaceAll(folder, "~")}`;
      },
    );
  const checkout = (map = MAP): void => {
    write("accounts.yaml", map);
    write("cdktf.out/access-index.json", text);
  };

  test("of a checkout is found from any folder in it, and must be of its map", async () => {
    checkout();
    expect(await find()).toBe(textDigest(MAP));
    checkout(`${MAP}\n# changed`);
    expect(await find()).toBe(
      "the access index ~/cdktf.out/access-index.json is stale: it was made from another state of ~/accounts.yaml; run `trustwheel synth`; to use it as it is, name it with `--index`",
    );
    rmSync(join(folder, "cdktf.out"), { recursive: true });
    expect(await find()).toBe(
      "the access index ~/cdktf.out/access-index.json cannot be read: there is no such file; run `trustwheel synth`, which writes it",
    );
  });

  test("that nobody names says how to name it", async () => {
    expect(await find()).toMatch(
      /^there is no access index: this folder is in no checkout with an accounts\.yaml; name it with `--index /,
    );
  });

  test("of the user's configuration wins over a checkout, the variable over it, and the option over all", async () => {
    checkout(`${MAP}# changed`);
    const mine = write("mine.json", text);
    write("config/trustwheel/config.json", JSON.stringify({ index: mine }));
    expect(await find()).toBe(textDigest(MAP));
    expect(await find(undefined, { TRUSTWHEEL_INDEX: "~/nowhere" })).toBe(
      "the access index ~/nowhere cannot be read: there is no such file; check TRUSTWHEEL_INDEX",
    );
    expect(await find(mine, { TRUSTWHEEL_INDEX: "~/nowhere" })).toBe(textDigest(MAP));
    write("config/trustwheel/config.json", JSON.stringify({ indx: mine }));
    expect(await find()).toMatch(
      /^~\/config\/trustwheel\/config\.json has the key "indx"; allowed are index, sha256, publicKey; /,
    );
  });

  test("that is pinned must have the digest", async () => {
    const file = write("mine.json", text);
    expect(await find(`${file}#sha256=${textDigest(text)}`)).toBe(textDigest(MAP));
    const other = "0".repeat(64);
    expect(await find(`${file}#sha256=${other}`)).toBe(
      `the access index ~/mine.json is not the one that --index pins: SHA-256 is ${textDigest(text)}, not ${other}; find out who changed it; if the map was changed on purpose, pin the new digest`,
    );
    expect(await find(`${file}#md5=1`)).toBe(
      'what follows `#` in --index pins no digest, got "md5=1"; write `#sha256=` and 64 hexadecimal digits',
    );
  });

  test("from the network is refused unless it is pinned or signed, and never read without encryption", async () => {
    expect(await find("https://example.test/index.json")).toMatch(
      /^the access index of --index comes from the network, and nothing says which one is right; pin it/,
    );
    expect(await find("http://example.test/index.json#sha256=" + "0".repeat(64))).toBe(
      "an access index is a file, https:// or s3://, got http://example.test/index.json; use https",
    );
  });

  test("that is signed must have a signature of the key", async () => {
    for (const pair of [
      generateKeyPairSync("ed25519"),
      generateKeyPairSync("ec", { namedCurve: "P-256" }),
    ]) {
      const key = createPublicKey(pair.privateKey)
        .export({ type: "spki", format: "pem" })
        .toString();
      const algorithm = pair.privateKey.asymmetricKeyType === "ed25519" ? null : "sha256";
      const file = write("mine.json", text);
      write(
        "mine.json.sig",
        `${sign(algorithm, Buffer.from(text), pair.privateKey).toString("base64")}\n`,
      );
      expect(await find(file, { TRUSTWHEEL_INDEX_KEY: "" })).toBe(textDigest(MAP));
      write("config/trustwheel/config.json", JSON.stringify({ index: file, publicKey: key }));
      expect(await find()).toBe(textDigest(MAP));
      write(
        "mine.json",
        text.replace("role/gate", "role/gates").replace('"name":"gate"', '"name":"gates"'),
      );
      expect(await find()).toBe(
        "the signature of the access index ~/mine.json is not valid; find out who changed the index, its signature or the public key",
      );
      rmSync(join(folder, "config"), { recursive: true });
    }
  });

  test("that was forged or is something else is refused with each place", async () => {
    expect(
      await find(
        write(
          "mine.json",
          text.replace(
            "arn:aws:iam::100000000001:role/gate",
            "arn:aws:iam::666666666666:role/gate",
          ),
        ),
      ),
    ).toBe(
      'the access index ~/mine.json cannot be used:\n  roles[0].arn: must be arn:aws:iam::100000000001:role/[PATH/]gate, got "arn:aws:iam::666666666666:role/gate"; run `trustwheel synth` to write `cdktf.out/access-index.json`',
    );
    expect(await find(write("mine.json", "{}"))).toMatch(/it is not an access index/);
  });
});
