import { CODES_ERREUR } from './codes-erreur.js';
import type { DefinitionCode } from './codes-erreur.js';
import { CODES_PROTOCOLE } from './codes-protocole.js';

/** The whole of `docs/errors.md`, in Markdown, from the two tables of codes. */
export function documentErreurs(): string {
  return [
    '# Codes d’erreur',
    '',
    'Page produite depuis les tables de codes de `libs/kernel` : ne la modifiez pas à la main.',
    '',
    '## Refus attendus',
    '',
    'Ils figurent dans `errors` de la réponse d’une mutation, chacun avec `code`, `message`, `path` (le champ en cause) et `regle` (la règle appliquée).',
    'Rien n’a été enregistré.',
    '',
    ...table(CODES_ERREUR),
    '',
    '## Fautes de protocole',
    '',
    'Ce sont des erreurs GraphQL, au premier niveau de la réponse ; le code est dans `extensions.code`.',
    '',
    ...table(CODES_PROTOCOLE),
    '',
  ].join('\n');
}

function table(codes: Record<string, DefinitionCode>): string[] {
  return [
    '| Code | Sens | Que faire |',
    '|---|---|---|',
    ...Object.entries(codes).map(([code, { description, suite }]) => `| \`${code}\` | ${description} | ${suite} |`),
  ];
}
