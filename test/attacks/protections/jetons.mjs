const VERIFICATEUR = 'libs/access/src/identite/verificateur-de-jeton.ts';
const CLES = 'libs/access/src/identite/cles-publiques.ts';
const IDENTITE = 'libs/access/src/identite/identite.ts';

const forge = (attaque) => ({
  essai: 'test/attacks/protocole/jetons.spec.ts',
  test: `Un jeton forgé ${attaque}`,
  parmi: 'Un jeton forgé',
});
const revocation = (test) => ({ essai: 'test/attacks/protocole/revocation.spec.ts', test });

/** A token that jose refuses for that reason alone is taken as it is. */
const admettre = (condition) => ({
  fichier: VERIFICATEUR,
  cherche: '    } catch (cause) {\n',
  remplace: `    } catch (cause) {\n      if (${condition}) return (cause as unknown as { payload: JWTPayload }).payload;\n`,
});
const revendication = (claim) => `cause instanceof errors.JWTClaimValidationFailed && cause.claim === '${claim}'`;

/** Who asks: tokens, and what they give. */
export const JETONS = [
  {
    nom: 'jeton : algorithmes admis, au démarrage',
    fichier: VERIFICATEUR,
    cherche: 'if (intrus !== undefined || options.algorithmes.length === 0) {',
    remplace: 'if (options.algorithmes.length === 0) {',
    essai: 'libs/access/src/identite/verificateur-de-jeton.spec.ts',
  },
  {
    nom: 'jeton : algorithmes admis, à chaque jeton',
    fichier: VERIFICATEUR,
    cherche: '        algorithms: [...this.#options.algorithmes],\n',
    remplace: '',
    essai: 'libs/access/src/identite/verificateur-de-jeton.spec.ts',
  },
  {
    nom: 'jeton : signature',
    fichier: VERIFICATEUR,
    cherche: '    } catch (cause) {\n',
    remplace:
      "    } catch (cause) {\n      if (cause instanceof errors.JWSSignatureVerificationFailed) return JSON.parse(Buffer.from(jeton.split('.')[1] ?? '', 'base64url').toString()) as JWTPayload;\n",
    ...forge('clé d’un inconnu sous le kid de l’émetteur'),
  },
  { nom: 'jeton : émetteur', ...admettre(revendication('iss')), ...forge('autre émetteur') },
  { nom: 'jeton : audience', ...admettre(revendication('aud')), ...forge('autre audience') },
  { nom: 'jeton : expiration', ...admettre('cause instanceof errors.JWTExpired'), ...forge('expiré') },
  { nom: 'jeton : pas encore valable (nbf)', ...admettre(revendication('nbf')), ...forge('pas encore valable') },
  { nom: 'jeton : revendications exigées', ...admettre(revendication('iat')), ...forge('sans date d’émission') },
  {
    nom: 'jeton : type, seul un jeton d’accès ouvre',
    fichier: VERIFICATEUR,
    cherche: '        typ: TYPE_JETON_ACCES,\n',
    remplace: '',
    ...forge('jeton d’identité'),
  },
  {
    nom: 'jeton : clé portée par le jeton (jwk)',
    fichier: CLES,
    cherche: 'return await jeu(entete, jeton);',
    remplace:
      "return entete.jwk ? ((await (await import('jose')).importJWK(entete.jwk, entete.alg)) as CryptoKey) : await jeu(entete, jeton);",
    ...forge('clé de l’attaquant dans l’en-tête'),
  },
  {
    nom: 'jeton : clés prises à l’adresse que dit le jeton (jku)',
    fichier: CLES,
    cherche: 'return await jeu(entete, jeton);',
    remplace:
      "return typeof entete['jku'] === 'string' ? await createRemoteJWKSet(new URL(entete['jku']))(entete, jeton) : await jeu(entete, jeton);",
    ...forge('clés de l’attaquant à une adresse'),
  },
  {
    nom: 'jeton : un kid inconnu ne fait pas lire les clés sans fin',
    fichier: CLES,
    cherche: 'cooldownDuration: options.repit,',
    remplace: 'cooldownDuration: 0,',
    essai: 'libs/access/src/identite/verificateur-de-jeton.spec.ts',
  },
  {
    nom: 'jeton : une clé retirée ne sert plus',
    fichier: CLES,
    cherche: 'cacheMaxAge: options.duree,',
    remplace: 'cacheMaxAge: Infinity,',
    essai: 'libs/access/src/identite/verificateur-de-jeton.spec.ts',
    parmi: [],
    test: 'accepte la clé qui tourne, refuse l’ancienne une fois les clés relues',
  },
  {
    nom: 'jeton : taille',
    fichier: VERIFICATEUR,
    cherche: "if (jeton.length > TAILLE_MAXIMALE) throw this.#refus('jeton trop long', 'TAILLE');",
    remplace: '',
    ...forge('jeton énorme'),
  },
  {
    nom: 'jeton : sujet borné',
    fichier: VERIFICATEUR,
    cherche: '!/^.{1,255}$/.test(sub)',
    remplace: '!/^.*$/.test(sub)',
    ...forge('sujet interminable'),
  },
  {
    nom: 'jeton : une seule phrase pour toutes les fautes',
    fichier: VERIFICATEUR,
    cherche: "return new ErreurIdentite('JETON_INVALIDE');",
    remplace: "return new ErreurIdentite(motif === 'ERR_JWT_EXPIRED' ? 'NON_AUTHENTIFIE' : 'JETON_INVALIDE');",
    ...forge('expiré'),
  },
  {
    nom: 'jeton : une assertion de machine ne sert qu’une fois',
    fichier: 'apps/oidc-dev/src/adaptateur-memoire.ts',
    cherche: 'return entree && entree.jusqua > Date.now() ? entree.charge : undefined;',
    remplace:
      "return this.modele !== 'ReplayDetection' && entree && entree.jusqua > Date.now() ? entree.charge : undefined;",
    essai: 'test/attacks/protocole/assertions.spec.ts',
    test: 'une assertion de machine ne sert qu’une fois',
  },
  {
    nom: 'révocation : une minute au plus, même si on en demande davantage',
    fichier: IDENTITE,
    cherche: 'if (!(options.ttlSecondes >= 0 && options.ttlSecondes <= TTL_MAXIMAL_SECONDES)) {',
    remplace: 'if (!(options.ttlSecondes >= 0)) {',
    essai: 'libs/access/src/identite/identite.spec.ts',
  },
  {
    nom: 'révocation : les droits retenus vieillissent',
    fichier: IDENTITE,
    cherche: 'const jusqua = instant + ttlSecondes * 1000;',
    remplace: 'const jusqua = instant + ttlSecondes * 10_000;',
    ...revocation('Une habilitation révoquée ne sert plus une minute plus tard'),
  },
  {
    nom: 'révocation : une habilitation révoquée n’est plus lue',
    fichier: 'libs/access/src/identite/habilitations-actives.ts',
    cherche: 'and h.revoquee_le is null and',
    remplace: 'and',
    ...revocation('Une habilitation révoquée ne sert plus une minute plus tard'),
  },
  {
    nom: 'révocation : dans une tâche, à chaque page',
    fichier: 'libs/core/src/recalculs/recalcul.service.ts',
    cherche: 'if (!(await this.#demandeurHabilite(em, tache, contexte))) return this.#arreter(em, tache, contexte);',
    remplace: 'void [this.#demandeurHabilite, this.#arreter];',
    ...revocation('s’arrête à la page suivante'),
  },
  {
    nom: 'révocation : dans une tâche, le droit qui reste',
    fichier: 'libs/core/src/recalculs/recalcul.service.ts',
    cherche: "return peut({ departementId, acteur, droits, requeteId: jobId }, 'recalculer', 'Tache', { dispositif });",
    remplace: 'return jobId !== droits.toString();',
    ...revocation('s’arrête de même quand le rôle qui reste ne permet pas'),
  },
];
