import { champ, definirSuivi } from '@sillage/dispositif-kit';
import { type Decision, non, oui } from '@sillage/kernel';

const regle = 'SOLLOG-DEL-01';
const nombre = (libelle: string, unite: string, de: string) => champ.entier({ libelle, unite, regle: de });

/** SOLLOG-DEL-01: the table of each month, for the Chef SLISL and the SPSLH; counts only, never a name. */
const tableauMensuel = definirSuivi({
  libelle: 'Tableau mensuel',
  regle,
  periodicite: 'MENSUELLE',
  du: 'jourTableau',
  avantBilan: 'exigenceTableaux',
  champs: {
    dossiersMontes: nombre('Dossiers montés', 'dossiers', 'SOLLOG-BIL-01'),
    dossiersEnCal: nombre('Dossiers présentés en CAL', 'dossiers', 'SOLLOG-WF-04'),
    menagesEntres: nombre('Ménages entrés en logement', 'ménages', 'SOLLOG-IND-03'),
    jeunesEntres: nombre('Jeunes titulaires entrés en logement', 'jeunes', 'AMB-151'),
    menagesSortis: nombre('Ménages ayant quitté le logement', 'ménages', 'SOLLOG-IND-05'),
    observations: champ.texte({ libelle: 'Observations, sans nom', max: 5000, facultatif: true }),
  },
  controles: [
    {
      regle: 'SOLLOG-IND-03',
      libelle: 'Pas moins de jeunes que de ménages',
      a: 'REMISE',
      decider: ({ suivi: { jeunesEntres, menagesEntres } }) => pasMoins(jeunesEntres, menagesEntres),
    },
    {
      regle: 'AMB-151',
      libelle: 'Pas de jeune titulaire sans ménage entré',
      a: 'REMISE',
      decider: ({ suivi: { jeunesEntres, menagesEntres } }) => pasSansMenage(jeunesEntres, menagesEntres),
    },
  ],
});

function pasMoins(jeunes: number, menages: number): Decision {
  if (jeunes >= menages) return oui();
  return refuser('SOLLOG-IND-03', `Moins de jeunes entrés (${jeunes}) que de ménages (${menages}).`);
}

function pasSansMenage(jeunes: number, menages: number): Decision {
  if (menages > 0 || jeunes === 0) return oui();
  return refuser('AMB-151', `${jeunes} jeunes titulaires sont entrés, et aucun ménage : l’un ne va pas sans l’autre.`);
}

function refuser(regleDuControle: string, message: string): Decision {
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message,
    regle: regleDuControle,
    chemin: ['suivi', 'jeunesEntres'],
  });
}

export const suivis = { tableauMensuel };
