/** The parts of the reference that name ways to gain permissions. */
export type EscalationSection = "N1" | "N2" | "N3" | "N4";

/** A way to gain permissions, or a session, that were not given. */
export interface EscalationPath {
  readonly section: EscalationSection;
  /** One action of each group is needed, all of them on things that the role was not given by name. */
  readonly needs: readonly (readonly string[])[];
  /** The service that the role is passed to: a condition on `iam:PassedToService` must admit it. @default - none is passed */
  readonly passedTo?: string;
}

/**
 * Ways to gain permissions, as RhinoSecurityLabs' AWS-IAM-Privilege-Escalation, Salesforce's
 * cloudsplaining and Duo's parliament list them (rules N1 to N4).
 */
export const ESCALATION_PATHS: readonly EscalationPath[] = [
  // N1: an action that does it alone.
  single("iam:CreatePolicyVersion"),
  single("iam:SetDefaultPolicyVersion"),
  single("iam:CreateAccessKey"),
  single("iam:CreateLoginProfile"),
  single("iam:UpdateLoginProfile"),
  single("iam:AttachUserPolicy"),
  single("iam:AttachGroupPolicy"),
  single("iam:AttachRolePolicy"),
  single("iam:PutUserPolicy"),
  single("iam:PutGroupPolicy"),
  single("iam:PutRolePolicy"),
  single("iam:AddUserToGroup"),
  single("iam:UpdateAssumeRolePolicy"),
  single("lambda:UpdateFunctionCode"),
  single("lambda:UpdateFunctionConfiguration"),
  single("glue:UpdateDevEndpoint"),
  single("sagemaker:CreatePresignedNotebookInstanceUrl"),
  single("codestar:CreateProjectFromTemplate"),
  single("sts:AssumeRole"),

  // N2: a role is passed to something that runs what the caller says.
  passing("ec2", ["ec2:RunInstances"]),
  passing("ec2", ["ec2:RequestSpotInstances"]),
  passing(
    "lambda",
    ["lambda:CreateFunction"],
    ["lambda:InvokeFunction", "lambda:AddPermission", "lambda:CreateEventSourceMapping"],
  ),
  passing("glue", ["glue:CreateDevEndpoint"]),
  passing("glue", ["glue:CreateJob", "glue:UpdateJob"], ["glue:StartJobRun", "glue:CreateTrigger"]),
  passing("cloudformation", ["cloudformation:CreateStack"]),
  passing(
    "cloudformation",
    ["cloudformation:CreateStackSet"],
    ["cloudformation:CreateStackInstances"],
  ),
  passing("cloudformation", ["cloudformation:UpdateStackSet"]),
  // Its definition follows with another call, whose resource is a pipeline that the caller then owns.
  passing("datapipeline", ["datapipeline:CreatePipeline"]),
  passing(
    "codebuild",
    ["codebuild:CreateProject"],
    ["codebuild:StartBuild", "codebuild:StartBuildBatch"],
  ),
  passing(
    "ecs-tasks",
    ["ecs:RegisterTaskDefinition"],
    ["ecs:RunTask", "ecs:StartTask", "ecs:CreateService"],
  ),
  passing("tasks.apprunner", ["apprunner:CreateService"]),
  passing("sagemaker", ["sagemaker:CreateNotebookInstance"]),
  passing("sagemaker", ["sagemaker:CreateTrainingJob"]),
  passing("sagemaker", ["sagemaker:CreateProcessingJob"]),
  passing(
    "bedrock-agentcore",
    ["bedrock-agentcore:CreateCodeInterpreter"],
    ["bedrock-agentcore:StartCodeInterpreterSession"],
    ["bedrock-agentcore:InvokeCodeInterpreter"],
  ),
  passing("codestar", ["codestar:CreateProject"]),

  // N3: something that runs already, with a role of its own.
  existing(["cloudformation:CreateChangeSet"], ["cloudformation:ExecuteChangeSet"]),
  existing(["ec2:ModifyInstanceAttribute"], ["ec2:StopInstances"], ["ec2:StartInstances"]),
  existing(["ec2:CreateLaunchTemplateVersion"], ["ec2:ModifyLaunchTemplate"]),
  existing(["ec2-instance-connect:SendSSHPublicKey"]),
  existing(["ssm:SendCommand"]),
  existing(["ssm:StartSession"]),
  existing(["ecs:ExecuteCommand"]),

  // N4: what bounds a role, or says who may come in, is changed.
  tampering("iam:DeleteRolePermissionsBoundary"),
  tampering("iam:PutRolePermissionsBoundary"),
  tampering("iam:DeleteUserPermissionsBoundary"),
  tampering("iam:PutUserPermissionsBoundary"),
  tampering("iam:CreateOpenIDConnectProvider"),
  tampering("iam:UpdateOpenIDConnectProviderThumbprint"),
  tampering("iam:AddClientIDToOpenIDConnectProvider"),
  tampering("iam:CreateSAMLProvider"),
  tampering("iam:UpdateSAMLProvider"),
  tampering("rolesanywhere:CreateTrustAnchor"),
];

/**
 * What each action of the paths acts on, as the resource part of an ARN with `NAME` for a thing that no
 * policy names (AWS service authorization reference). A service in front of `|` is that of the ARN
 * where it is not the action's own.
 */
export const ESCALATION_TARGETS: Readonly<Record<string, string>> = {
  "iam:CreatePolicyVersion": "policy/NAME",
  "iam:SetDefaultPolicyVersion": "policy/NAME",
  "iam:CreateAccessKey": "user/NAME",
  "iam:CreateLoginProfile": "user/NAME",
  "iam:UpdateLoginProfile": "user/NAME",
  "iam:AttachUserPolicy": "user/NAME",
  "iam:PutUserPolicy": "user/NAME",
  "iam:DeleteUserPermissionsBoundary": "user/NAME",
  "iam:PutUserPermissionsBoundary": "user/NAME",
  "iam:AttachGroupPolicy": "group/NAME",
  "iam:PutGroupPolicy": "group/NAME",
  "iam:AddUserToGroup": "group/NAME",
  "iam:AttachRolePolicy": "role/NAME",
  "iam:PutRolePolicy": "role/NAME",
  "iam:UpdateAssumeRolePolicy": "role/NAME",
  "iam:PassRole": "role/NAME",
  "iam:DeleteRolePermissionsBoundary": "role/NAME",
  "iam:PutRolePermissionsBoundary": "role/NAME",
  "sts:AssumeRole": "iam|role/NAME",
  "iam:CreateOpenIDConnectProvider": "oidc-provider/NAME",
  "iam:UpdateOpenIDConnectProviderThumbprint": "oidc-provider/NAME",
  "iam:AddClientIDToOpenIDConnectProvider": "oidc-provider/NAME",
  "iam:CreateSAMLProvider": "saml-provider/NAME",
  "iam:UpdateSAMLProvider": "saml-provider/NAME",
  "rolesanywhere:CreateTrustAnchor": "trust-anchor/NAME",
  "lambda:UpdateFunctionCode": "function:NAME",
  "lambda:UpdateFunctionConfiguration": "function:NAME",
  "lambda:CreateFunction": "function:NAME",
  "lambda:InvokeFunction": "function:NAME",
  "lambda:AddPermission": "function:NAME",
  "lambda:CreateEventSourceMapping": "event-source-mapping:NAME",
  "glue:UpdateDevEndpoint": "devEndpoint/NAME",
  "glue:CreateDevEndpoint": "devEndpoint/NAME",
  "glue:CreateJob": "job/NAME",
  "glue:UpdateJob": "job/NAME",
  "glue:StartJobRun": "job/NAME",
  "glue:CreateTrigger": "trigger/NAME",
  "sagemaker:CreatePresignedNotebookInstanceUrl": "notebook-instance/NAME",
  "sagemaker:CreateNotebookInstance": "notebook-instance/NAME",
  "sagemaker:CreateTrainingJob": "training-job/NAME",
  "sagemaker:CreateProcessingJob": "processing-job/NAME",
  "codestar:CreateProject": "project/NAME",
  "codestar:CreateProjectFromTemplate": "project/NAME",
  "ec2:RunInstances": "instance/NAME",
  "ec2:RequestSpotInstances": "spot-instances-request/NAME",
  "ec2:ModifyInstanceAttribute": "instance/NAME",
  "ec2:StopInstances": "instance/NAME",
  "ec2:StartInstances": "instance/NAME",
  "ec2:CreateLaunchTemplateVersion": "launch-template/NAME",
  "ec2:ModifyLaunchTemplate": "launch-template/NAME",
  "ec2-instance-connect:SendSSHPublicKey": "ec2|instance/NAME",
  "ssm:SendCommand": "ec2|instance/NAME",
  "ssm:StartSession": "ec2|instance/NAME",
  "cloudformation:CreateStack": "stack/NAME/NAME",
  "cloudformation:CreateChangeSet": "stack/NAME/NAME",
  "cloudformation:ExecuteChangeSet": "stack/NAME/NAME",
  "cloudformation:CreateStackSet": "stackset/NAME:NAME",
  "cloudformation:CreateStackInstances": "stackset/NAME:NAME",
  "cloudformation:UpdateStackSet": "stackset/NAME:NAME",
  "datapipeline:CreatePipeline": "pipeline/NAME",
  "codebuild:CreateProject": "project/NAME",
  "codebuild:StartBuild": "project/NAME",
  "codebuild:StartBuildBatch": "project/NAME",
  "ecs:RegisterTaskDefinition": "task-definition/NAME:1",
  "ecs:RunTask": "task-definition/NAME:1",
  "ecs:StartTask": "task-definition/NAME:1",
  "ecs:CreateService": "service/NAME/NAME",
  "ecs:ExecuteCommand": "task/NAME/NAME",
  "apprunner:CreateService": "service/NAME/NAME",
  "bedrock-agentcore:CreateCodeInterpreter": "code-interpreter/NAME",
  "bedrock-agentcore:StartCodeInterpreterSession": "code-interpreter/NAME",
  "bedrock-agentcore:InvokeCodeInterpreter": "code-interpreter/NAME",
};

function single(action: string): EscalationPath {
  return { section: "N1", needs: [[action]] };
}

function passing(service: string, ...needs: string[][]): EscalationPath {
  return { section: "N2", needs: [["iam:PassRole"], ...needs], passedTo: service };
}

function existing(...needs: string[][]): EscalationPath {
  return { section: "N3", needs };
}

function tampering(action: string): EscalationPath {
  return { section: "N4", needs: [[action]] };
}
