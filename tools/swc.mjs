/** How our TypeScript becomes JavaScript outside the build (`tools/sources.mjs`): as tsc does it, decorators included. */
export const optionsSwc = {
  swcrc: false,
  sourceMaps: 'inline',
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
    keepClassNames: true,
  },
};
