import type { CompteDemo } from './comptes-demo.js';

/** Nothing is loaded, from here or elsewhere, and no other page can frame this one. */
export const POLITIQUE_CONTENU =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

/** Where a person of the demonstration says who they are: a button each, and no password, since all is invented. */
export function pageConnexion(action: string, comptes: readonly CompteDemo[]): string {
  const departements = [...new Set(comptes.map(({ departementId }) => departementId))];
  const groupes = departements.map((departementId) => {
    const siens = comptes.filter((compte) => compte.departementId === departementId);
    return `<h2>Département ${echapper(departementId)}</h2>\n<ul>${siens.map(bouton).join('\n')}</ul>`;
  });
  return page(
    'Connexion de démonstration',
    `<p>Choisissez qui vous êtes. Ces comptes sont inventés : aucun mot de passe n’est demandé, et ce fournisseur
d’identité refuse de démarrer en production.</p>
<form method="post" action="${echapper(action)}">${groupes.join('\n')}</form>`,
  );
}

export function pageErreur(message: string): string {
  return page('Connexion impossible', `<p>${echapper(message)}</p>\n<p>Revenez à l’application et recommencez.</p>`);
}

function bouton({ sub, libelle }: CompteDemo): string {
  return `<li><button name="compte" value="${echapper(sub)}">${echapper(libelle)} <code>${echapper(sub)}</code></button></li>`;
}

function page(titre: string, corps: string): string {
  return `<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${echapper(titre)} – Sillage</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; color: #161616; background: #fff; }
  h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 1.5rem; }
  ul { list-style: none; padding: 0; } li { margin: .25rem 0; }
  button { font: inherit; width: 100%; text-align: left; padding: .6rem .8rem; border: 1px solid #929292; background: #fff; color: #000091; cursor: pointer; }
  button:hover { background: #f5f5fe; } button:focus-visible { outline: 3px solid #0a76f6; outline-offset: 2px; }
  code { float: right; color: #666; }
</style>
</head>
<body>
<main>
<h1>${echapper(titre)}</h1>
${corps}
</main>
</body>
</html>
`;
}

function echapper(texte: string): string {
  return texte.replace(/[&<>"']/g, (signe) => `&#${signe.charCodeAt(0)};`);
}
