const S3 = 'libs/core/src/pieces/depot/s3';
const CLIENT = `${S3}/client-s3.ts`;

const seul = (test) => ({ essai: `${S3}/depot-s3.spec.ts`, test });
const commun = (test) => ({ essai: 'libs/core/src/pieces/depot/depots.spec.ts', test });
const joue = (test) => ({ essai: 'test/attacks/pieces/magasin.spec.ts', test });

/** The store that keeps pieces: what it may not make us believe, hold or wait for. */
export const MAGASIN = [
  {
    nom: 'magasin : l’empreinte de ce qui part est signée',
    fichier: CLIENT,
    cherche: 'corps?.empreinte ?? EMPREINTE_VIDE',
    remplace: "corps ? 'UNSIGNED-PAYLOAD' : EMPREINTE_VIDE",
    ...seul('would not receive the very bytes'),
  },
  {
    nom: 'magasin : une absence n’est crue que s’il la dit',
    fichier: CLIENT,
    cherche: "(statut !== 404 || motif === 'NoSuchKey')",
    remplace: "motif !== ''",
    ...seul('that is « vide »'),
  },
  {
    nom: 'magasin : son silence a une fin',
    fichier: `${S3}/veille.ts`,
    cherche: "new Error('délai dépassé')), this.delaiMs)",
    remplace: "new Error('délai dépassé')), this.delaiMs * 20)",
    ...seul('that is « muet »'),
  },
  {
    nom: 'magasin : ce qu’il répond est borné',
    fichier: CLIENT,
    cherche: 'if (recus > CORPS_MAX)',
    remplace: 'if (recus < 0)',
    ...seul('that cuts or changes what it gives'),
  },
  {
    nom: 'magasin : il donne la partie demandée, ou rien',
    fichier: `${S3}/objet-s3.ts`,
    cherche: 'if (!juste || corps.length > FENETRE)',
    remplace: 'if (corps.length > FENETRE && !juste)',
    ...seul('that cuts or changes what it gives'),
  },
  {
    nom: 'magasin : un échec passager se répète',
    fichier: CLIENT,
    cherche: 'if (PASSAGERS.has(statut) && !dernier) return null;',
    remplace: 'void PASSAGERS;',
    ...seul('that asks for a moment'),
  },
  {
    nom: 'magasin : une pièce attend dans un fichier sans nom',
    fichier: `${S3}/brouillon-s3.ts`,
    cherche: '    await rm(chemin);\n',
    remplace: '    void rm;\n',
    ...seul('waits in a file without a name'),
  },
  {
    nom: 'magasin : ce qui est abandonné après l’envoi est supprimé',
    fichier: `${S3}/brouillon-s3.ts`,
    cherche: '      if (!publie) return;\n',
    remplace: '      if (!publie || publie) return;\n',
    ...commun('a store that speaks S3 leave nothing once abandoned'),
  },
  {
    nom: 'magasin : sa liste est lue jusqu’au bout',
    fichier: `${S3}/liste-s3.ts`,
    cherche: "suite: tronquee ? enClair(element(xml, 'NextContinuationToken')) : null",
    remplace: 'suite: tronquee && enClair(xml) === null ? xml : null',
    ...seul('gives each page of its list once'),
  },
  {
    nom: 'magasin : une liste qui tourne en rond s’arrête',
    fichier: `${S3}/liste-s3.ts`,
    cherche: 'if (page.suite !== null && page.suite === depuis) throw incomprise();',
    remplace: '',
    ...seul('whose list turns in circles'),
  },
  {
    nom: 'magasin : en panne, il garde les pièces en quarantaine',
    fichier: 'libs/core/src/pieces/analyse/analyse-des-pieces.ts',
    cherche: 'erreur instanceof ScannerIndisponible || erreur instanceof DepotIndisponible',
    remplace: 'erreur instanceof ScannerIndisponible || (DepotIndisponible, false)',
    ...joue('down keeps a piece in quarantine'),
  },
  {
    nom: 'magasin : en panne, il est dit indisponible',
    fichier: 'apps/gateway/src/pieces/routes-pieces.ts',
    cherche: 'if (erreur instanceof DepotIndisponible) {',
    remplace: 'if (erreur instanceof DepotIndisponible && erreur.message === "") {',
    ...joue('« coupe » receives nothing'),
  },
  {
    nom: 'pièces : une panne imprévue a sa réponse, même une fois tout lu',
    fichier: 'apps/gateway/src/pieces/routes-pieces.ts',
    cherche: 'if (requete.raw.socket.destroyed) return reponse.hijack();',
    remplace: 'if (requete.raw.destroyed) return reponse.hijack();',
    essai: 'test/attacks/pieces/envois.spec.ts',
    test: 'is answered even when all of it was read',
  },
  {
    nom: 'pièces : une panne imprévue ne se cite pas',
    fichier: 'apps/gateway/src/pieces/routes-pieces.ts',
    cherche: 'portee.setErrorHandler(repondreErreur);',
    remplace: 'void repondreErreur;',
    essai: 'test/attacks/pieces/envois.spec.ts',
    test: 'is answered even when all of it was read',
  },
  {
    nom: 'magasin : donné à moitié, il arrête le démarrage',
    fichier: 'libs/configuration/src/lecture.ts',
    cherche: '    ...magasinIncomplet(env),\n',
    remplace: '    ...magasinIncomplet({}),\n',
    essai: 'libs/configuration/src/magasin-s3.spec.ts',
    test: 'want all of it',
  },
  {
    nom: 'magasin : un dossier à côté arrête le démarrage',
    fichier: 'libs/configuration/src/lecture.ts',
    cherche: '    ...magasinEtDossier(env),\n',
    remplace: '    ...magasinEtDossier({}),\n',
    essai: 'libs/configuration/src/magasin-s3.spec.ts',
    test: 'are kept there and nowhere else',
  },
];
