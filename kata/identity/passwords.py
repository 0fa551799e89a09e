"""placeholder"""
def verify(h,t): return h==t
