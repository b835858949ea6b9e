// AWS: the credential provider for clients of the AWS SDK, signatures, GraphQL.

export const aws = {
  calls: 'unlinkIdentity sign presign graphql',

  methods: (call) => {
    // Tells clients of the AWS SDK that it caches by itself. They would keep using one user's credentials until these expire,
    // even after another user signed in (@aws-sdk/core, resolveAwsSdkSigV4Config: normalizeCredentialProvider).
    return { getCredentials: Object.assign((input) => call('getCredentials', [input]), { memoized: true }) };
  },
};
