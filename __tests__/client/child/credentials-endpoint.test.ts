import { request } from "node:http";
import { startCredentialsEndpoint } from "../../../client/child/credentials-endpoint";
import type { CredentialsEndpoint } from "../../../client/child/credentials-endpoint";

describe("the endpoint of a command", () => {
  let endpoint: CredentialsEndpoint;
  let given: () => Promise<{
    accessKeyId: string;
    secretAccessKey: string;
    sessionToken: string;
    until: number;
  }>;
  const failures: unknown[] = [];

  beforeEach(async () => {
    given = () =>
      Promise.resolve({
        accessKeyId: "ASIA1",
        secretAccessKey: "s",
        sessionToken: "t",
        until: Date.parse("2027-01-02T03:04:05.678Z"),
      });
    endpoint = await startCredentialsEndpoint(
      () => given(),
      (error) => failures.push(error),
    );
  });

  afterEach(() => {
    endpoint.close();
  });

  interface Asked {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }

  function ask({ method = "GET", path = "/credentials", headers = {} }: Asked = {}): Promise<
    readonly [number, unknown]
  > {
    const { hostname, port } = new URL(endpoint.url);
    return new Promise((resolve, reject) => {
      const sent = request(
        { hostname, port, path, method, headers: { authorization: endpoint.token, ...headers } },
        (answer) => {
          let text = "";
          answer.on("data", (chunk: Buffer) => (text += chunk.toString()));
          answer.on("end", () => {
            resolve([answer.statusCode ?? 0, JSON.parse(text)]);
          });
        },
      );
      sent.once("error", reject);
      sent.end();
    });
  }

  const refused = { Code: "Refused", Message: "trustwheel serves one role to one command" };

  test("gives whoever has the token what the SDKs ask for, with a date in RFC 3339", async () => {
    expect(await ask()).toEqual([
      200,
      {
        AccessKeyId: "ASIA1",
        SecretAccessKey: "s",
        Token: "t",
        Expiration: "2027-01-02T03:04:05Z",
      },
    ]);
    expect(endpoint.token.length).toBeGreaterThanOrEqual(43);
  });

  test.each<[string, Asked, number]>([
    ["another token", { headers: { authorization: "x".repeat(43) } }, 401],
    ["a token of another length", { headers: { authorization: "x" } }, 401],
    ["no token", { headers: { authorization: "" } }, 401],
    ["another host name", { headers: { host: "evil.test" } }, 403],
    ["another path", { path: "/" }, 404],
    ["another path behind ours", { path: "/credentials/x" }, 404],
    ["another method", { method: "POST" }, 405],
  ])("gives %s nothing", async (_, asked, status) => {
    expect(await ask(asked)).toEqual([status, refused]);
  });

  test("says that credentials could not be renewed, and not why, which is told to the user", async () => {
    given = () => Promise.reject(new Error("secret reason"));
    expect(await ask()).toEqual([
      500,
      { Code: "CredentialsNotRenewed", Message: "trustwheel could not renew the credentials" },
    ]);
    expect(failures).toEqual([new Error("secret reason")]);
  });

  test("listens on the loopback interface only, on a port of its own, until it is closed", async () => {
    const other = await startCredentialsEndpoint(
      () => given(),
      () => undefined,
    );
    expect(new URL(other.url).hostname).toBe("127.0.0.1");
    expect(other.url).not.toBe(endpoint.url);
    expect(other.token).not.toBe(endpoint.token);
    other.close();
    await expect(fetch(other.url)).rejects.toThrow("fetch failed");
  });
});
