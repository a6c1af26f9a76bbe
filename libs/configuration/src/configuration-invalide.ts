/** The environment is not usable: `lignes` holds one French line a fault. No value of the environment is ever quoted: it may be a secret. */
export class ConfigurationInvalide extends Error {
  override readonly name = 'ConfigurationInvalide';

  constructor(readonly lignes: readonly string[]) {
    super(['Configuration refusée :', ...lignes.map((ligne) => `- ${ligne}`)].join('\n'));
  }
}
