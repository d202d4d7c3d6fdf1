// no-undeclared-packages
import 'typescript';
export const undeclared = 'undeclared';
