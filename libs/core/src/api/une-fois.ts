/**
 * The same function, whose result is made once an argument: GraphQL types are registered by name for the whole process, so that
 * two gateways of one process must share those of a dispositif.
 */
export function uneFois<A extends object, R>(fabriquer: (argument: A) => R): (argument: A) => R {
  const faits = new WeakMap<A, R>();
  return (argument) => {
    const fait = faits.get(argument) ?? fabriquer(argument);
    faits.set(argument, fait);
    return fait;
  };
}
