import {
  managedPolicyDocument,
  managedPolicyPath,
  managedPolicyVersion,
  nearestManagedPolicies,
} from "../../../lib/iam/managed-policy";

describe("the path of an AWS managed policy", () => {
  test.each([
    ["ReadOnlyAccess", "/"],
    ["AdministratorAccess", "/"],
    ["ViewOnlyAccess", "/job-function/"],
    ["job-function/ViewOnlyAccess", "/job-function/"],
    ["/job-function/ViewOnlyAccess", "/job-function/"],
    ["AWSLambdaBasicExecutionRole", "/service-role/"],
    ["service-role/AWSLambdaBasicExecutionRole", "/service-role/"],
  ])("of %s is %s", (name, path) => {
    expect(managedPolicyPath(name)).toBe(path);
  });

  test.each([
    ["a path that is not its own", "job-function/ReadOnlyAccess"],
    ["another case", "readonlyaccess"],
    ["a policy of a service-linked role", "AWSSupportServiceRolePolicy"],
    ["a policy of root sessions", "IAMAuditRootUserCredentials"],
    ["a name of an object's property", "constructor"],
    ["no name", ""],
    ["a path only", "job-function/"],
  ])("is not known for %s: %s", (_why, name) => {
    expect(managedPolicyPath(name)).toBeUndefined();
  });
});

describe("names near a mistyped one", () => {
  test.each([
    ["ReadOnlyAcess", ["ReadOnlyAccess"]],
    ["readonlyaccess", ["ReadOnlyAccess"]],
    ["ReadOnly", ["ReadOnlyAccess"]],
    ["job-function/ViewOnlyAcces", ["ViewOnlyAccess"]],
    ["AmazonS3ReadAccess", ["AmazonS3FullAccess", "AmazonS3ReadOnlyAccess"]],
    ["frobnicate", []],
    ["", []],
    ["A".repeat(100_000), []],
  ])("%.40s: %j", (name, expected) => {
    expect(nearestManagedPolicies(name)).toEqual(expected);
  });

  test("come with the nearest first", () => {
    expect(nearestManagedPolicies("SystemAdministratr")[0]).toBe("SystemAdministrator");
  });
});

describe("the document of an AWS managed policy", () => {
  test("is the whole document", () => {
    expect(managedPolicyDocument("AdministratorAccess")).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
    });
  });

  test("comes with its version", () => {
    expect(managedPolicyVersion("PowerUserAccess")).toBe("v12");
    expect(managedPolicyVersion("ReadOnlyAccess")).toBe("v188");
  });

  test("is found by name and path", () => {
    const document = managedPolicyDocument("job-function/ViewOnlyAccess");
    expect(document?.Statement).toHaveLength(2);
    expect(managedPolicyDocument("ViewOnlyAccess")).toEqual(document);
  });

  test("is not found where this copy does not hold it", () => {
    expect(managedPolicyPath("AmazonVPCFullAccess")).toBe("/");
    expect(managedPolicyDocument("AmazonVPCFullAccess")).toBeUndefined();
    expect(managedPolicyVersion("AmazonVPCFullAccess")).toBeUndefined();
    expect(managedPolicyDocument("job-function/ReadOnlyAccess")).toBeUndefined();
  });
});
