# Styles and JavaScript without indentation, empty lines and the comments that have lines of their own.
s/^[[:space:]]*//
/^\/\//d
/^\/\*.*\*\/$/d
/^$/d
