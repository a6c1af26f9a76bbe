import { type Decision, NATURES_STRUCTURE, type NatureStructure, non, oui } from '@sillage/kernel';

/** Who may carry a project, by what its organisation is (TRANS-06). What a nature does not tell, a label or an agreement, is a field. */
export interface DeclarationPorteurs {
  /** `AUTRE` too, where the text admits organisms that no other nature names. */
  natures: readonly NatureStructure[];
  regle: string;
}

/** Whether an organisation may apply. Anybody may, where the text names nobody. */
export function deciderPorteur(
  porteurs: DeclarationPorteurs | undefined,
  nature: NatureStructure,
  chemin: readonly string[],
): Decision {
  if (porteurs === undefined || porteurs.natures.includes(nature)) return oui();
  const admises = porteurs.natures.map((admise) => NATURES_STRUCTURE[admise]).join(', ');
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message: `Ce dispositif s’adresse à : ${admises}. Cette structure est enregistrée comme « ${NATURES_STRUCTURE[nature]} ».`,
    regle: porteurs.regle,
    chemin: [...chemin],
  });
}
