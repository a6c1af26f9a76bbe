import { VARIABLES } from './variables.js';
import type { Variable } from './variables.js';

/** The whole of `docs/configuration.md`, in Markdown, from the table of variables. */
export function documentConfiguration(): string {
  return [
    '# Configuration',
    '',
    'Page produite depuis `libs/configuration` : ne la modifiez pas à la main.',
    '',
    'Tout se règle par des variables d’environnement, lues une fois au démarrage. Une variable vide compte comme absente.',
    'Si l’une manque ou ne convient pas, le processus refuse de démarrer et écrit une ligne par faute, sans jamais citer de valeur.',
    '',
    '| Variable | Rôle | Valeur | Défaut |',
    '|---|---|---|---|',
    ...Object.entries(VARIABLES).map(([nom, variable]) => ligne(nom, variable)),
    '',
    '## Règles d’ensemble',
    '',
    '- `REDIS_URL` ou `DATABASE_URL_FILE` est nécessaire ; si les deux sont données, Redis porte la file.',
    '- `DATABASE_URL` n’emploie le rôle PostgreSQL d’aucune des deux autres URL de base.',
    '- En production, `HORLOGE_DEMO` est refusée, `OIDC_EMETTEUR`, `OIDC_JWKS_URL` et `PIECES_S3_URL` sont en `https`.',
    '- Les pièces sont dans un dossier ou dans un magasin, pas dans les deux : `PIECES_DOSSIER`, ou `PIECES_S3_URL`, `PIECES_S3_COMPARTIMENT`, `PIECES_S3_REGION`, `PIECES_S3_CLE` et `PIECES_S3_SECRET` ensemble.',
    '- `OPERATIONS_LIBRES=non` demande `OPERATIONS_MANIFESTES`. Un manifeste fautif arrête le démarrage ; son fichier est nommé.',
    '',
  ].join('\n');
}

function ligne(nom: string, { description, attendu, defaut, explicite, schema }: Variable): string {
  return `| \`${nom}\` | ${description} | ${attendu} | ${valeurParDefaut()} |`;

  function valeurParDefaut(): string {
    if (defaut !== null) return `\`${defaut}\`${explicite === true ? ' ; aucun en production' : ''}`;
    return schema.safeParse(null).success ? 'facultative' : '**obligatoire**';
  }
}
