"""The rows of the access matrix that are about leaders' figures: only who leads an area reads them."""

TABLE = """
GET   /leadership                                     -         signed-in
GET   /figures                                        -         signed-in
GET   /leadership/<area>                              -         area-leader
GET   /leadership/<area>/print                        -         area-leader
GET   /leadership/<area>/skills                       -         area-leader
GET   /leadership/<area>/outcomes                     -         area-leader
GET   /leadership/<area>/<what>                       -         area-leader
GET   /leadership/<area>/skills.csv                   -         area-leader
GET   /leadership/<area>/practice.csv                 -         area-leader
GET   /leadership/<area>/areas.csv                    -         area-leader
GET   /leadership/<area>/outcomes.csv                 -         area-leader
GET   /leadership/<area>/<what>.csv                   -         area-leader
"""
