// The kit's credentials in clients of the AWS SDK for JavaScript v3: right as they are.
import { CognitoIdentityClient } from '@aws-sdk/client-cognito-identity';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { createAuth, type Auth } from 'poolpass';

export async function clients(auth: Auth): Promise<unknown[]> {
  const region = 'eu-west-1';
  const { getCredentials } = await createAuth({ identityPool: { identityPoolId: 'eu-west-1:7a3f0c52-91d4-4d0e-8a53-1f6f0c1f2b11' } });
  const asksEachTime: true = getCredentials.memoized;
  return [
    asksEachTime,
    new S3Client({ region, credentials: auth.getCredentials }),
    new DynamoDBClient({ region, credentials: getCredentials }),
    new STSClient({ region, credentials: () => auth.getCredentials({ forceRefresh: true }) }),
    new CognitoIdentityClient({ region, credentials: await auth.getCredentials() }),
    // @ts-expect-error: no credentials at all.
    new S3Client({ region, credentials: auth.fetchAuthSession }),
  ];
}
