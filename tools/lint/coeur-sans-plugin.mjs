import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * ESLint rule: the core never names a plugin. The codes are the folders of `plugins/`, read at each run, so that a new
 * dispositif is covered on the day it is added. A compound code (`coordo-ase`) is refused in every spelling
 * (`coordo_ase`, `CoordoAse`) and anywhere in a text or a name; a plain word (`logement`) only as a whole text, since
 * the core may use the word itself.
 */
export const coeurSansPlugin = {
  meta: {
    type: 'problem',
    docs: { description: 'a core file never names a plugin' },
    schema: [{ type: 'object', properties: { codes: { type: 'array', items: { type: 'string' } } } }],
    messages: {
      nomme: 'Le socle ne nomme aucun dispositif, or « {{code}} » est nommé ici : passez par la déclaration du plugin.',
    },
  },
  create(context) {
    const codes = context.options[0]?.codes ?? codesDesPlugins(context.cwd);
    const verifier = (noeud, texte) => {
      const code = codes.find((c) => nomme(texte, c));
      if (code !== undefined) context.report({ node: noeud, messageId: 'nomme', data: { code } });
    };
    return {
      Program: (noeud) => verifier(noeud, context.filename.slice(context.cwd.length)),
      Literal: (noeud) => typeof noeud.value === 'string' && verifier(noeud, noeud.value),
      TemplateElement: (noeud) => verifier(noeud, noeud.value.cooked ?? noeud.value.raw),
      Identifier: (noeud) => verifier(noeud, noeud.name),
    };
  },
};

export function codesDesPlugins(racine) {
  return readdirSync(join(racine, 'plugins'), { withFileTypes: true })
    .filter((entree) => entree.isDirectory())
    .map((entree) => entree.name);
}

function nomme(texte, code) {
  if (texte === code || texte === `@sillage/${code}` || texte.includes(`plugins/${code}`)) return true;
  const lettres = code.replaceAll('-', '');
  return code.includes('-') && texte.replaceAll(/[-_ ]/g, '').toLowerCase().includes(lettres);
}
