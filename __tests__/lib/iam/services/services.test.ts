import { isKnownService, knownServices } from "../../../../lib/iam/services/known-services";
import { servicePrincipal, shortServiceName } from "../../../../lib/iam/services/service-principal";
import { passesExternalId, sendsSource } from "../../../../lib/iam/services/service-requests";

test.each([
  ["lambda", "aws", "lambda.amazonaws.com"],
  ["pods.eks", "aws", "pods.eks.amazonaws.com"],
  ["pods.eks.amazonaws.com", "aws", "pods.eks.amazonaws.com"],
  ["ec2", "aws-cn", "ec2.amazonaws.com.cn"],
  ["ec2.amazonaws.com", "aws-cn", "ec2.amazonaws.com.cn"],
  ["pods.eks", "aws-cn", "pods.eks.amazonaws.com"],
  ["s3.amazonaws.com.cn", "aws-cn", "s3.amazonaws.com.cn"],
] as const)("%s in %s is %s", (service, partition, expected) => {
  expect(servicePrincipal(service, partition)).toBe(expected);
});

test.each([
  ["lambda.amazonaws.com", "lambda"],
  ["pods.eks.amazonaws.com", "pods.eks"],
  ["ec2.amazonaws.com.cn", "ec2"],
  ["lambda", "lambda"],
  ["lambda.example.com", "lambda.example.com"],
])("the short name of %s is %s", (service, expected) => {
  expect(shortServiceName(service)).toBe(expected);
});

test("services are known by either name, also those without actions of their own", () => {
  for (const name of ["lambda", "pods.eks.amazonaws.com", "vpc-flow-logs", "imagebuilder", "ec2"]) {
    expect(isKnownService(name)).toBe(true);
  }
  for (const name of ["lamda", "lambda.example.com", "toString", ""]) {
    expect(isKnownService(name)).toBe(false);
  }
  expect([...knownServices()].every((name) => isKnownService(name))).toBe(true);
});

test("what a service sends is known of few", () => {
  expect(["scheduler", "states.amazonaws.com", "lambda", "ec2"].map(sendsSource)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(["cognito-idp", "cognito-idp.amazonaws.com", "firehose"].map(passesExternalId)).toEqual([
    true,
    true,
    false,
  ]);
});
