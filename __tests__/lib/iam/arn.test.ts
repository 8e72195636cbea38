import {
  awsManagedPolicyName,
  nameInArn,
  parseArn,
  roleArn,
  splitPath,
} from "../../../lib/iam/arn";

describe("an ARN", () => {
  test("has parts", () => {
    const account = { partition: "aws-cn", accountId: "111111111111" } as const;
    expect(parseArn(roleArn(account, "/access/eu/", "reader"))).toEqual({
      partition: "aws-cn",
      service: "iam",
      region: "",
      accountId: "111111111111",
      resource: "role/access/eu/reader",
      kind: "role",
      path: "/access/eu/",
      name: "reader",
    });
    expect(parseArn("arn:aws:iam::111111111111:root")).toMatchObject({
      resource: "root",
      kind: "root",
      path: "",
      name: "",
    });
    expect(parseArn("arn:aws:rds-db:eu-west-1:111111111111:dbuser:db-A/bob")).toMatchObject({
      region: "eu-west-1",
      resource: "dbuser:db-A/bob",
      kind: "dbuser:db-A",
      name: "bob",
    });
  });

  test.each(["", "*", "arn:aws:iam::111111111111", "AROAEXAMPLE"])("is not %j", (text) => {
    expect(parseArn(text)).toBeUndefined();
  });

  test("of AWS's own policies has their name with its path", () => {
    expect(awsManagedPolicyName("arn:aws:iam::aws:policy/job-function/ViewOnlyAccess")).toBe(
      "job-function/ViewOnlyAccess",
    );
    expect(awsManagedPolicyName("arn:aws:iam::111111111111:policy/ViewOnlyAccess")).toBeUndefined();
    expect(awsManagedPolicyName("ViewOnlyAccess")).toBeUndefined();
  });

  test("ends with a name", () => {
    expect(nameInArn("arn:aws:iam::111111111111:role/access/reader")).toBe("reader");
    expect(nameInArn("reader")).toBe("reader");
    expect(splitPath("/access/reader")).toEqual({ path: "/access/", name: "reader" });
    expect(splitPath("reader")).toEqual({ path: "", name: "reader" });
  });
});
