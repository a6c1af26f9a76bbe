const SERVIS = new Set(['*/*', 'application/*', 'application/json', 'application/graphql-response+json']);

/**
 * Whether an `Accept` header admits what a GraphQL answer is written in. Apollo asks it once the operation has run: too late for one that
 * writes. A parameter makes another type of it, for Apollo too.
 */
export function accepte(entete: string | undefined): boolean {
  if (entete === undefined || entete.trim() === '') return true;
  return entete.split(',').some((choix) => {
    const [type = '', ...parametres] = choix.split(';').map((partie) => partie.trim().toLowerCase());
    return SERVIS.has(type) && parametres.every((parametre) => /^q=(1(\.0*)?|0\.\d*[1-9]\d*)$/.test(parametre));
  });
}
